import { Button, Checkbox, Form, Input, Select } from 'antd'
import { Controller, useForm } from 'react-hook-form'

const plans = ['Free', 'Team', 'Business'].map((value) => ({ value, label: value }))

export function Component() {
  const { control, handleSubmit } = useForm({ defaultValues: { company: '', plan: 'Free', news: true } })
  return (
    <div data-page="settings" style={{ maxWidth: 480 }}>
      <h1>Settings</h1>
      <Form layout="vertical" component="div">
        <Form.Item label="Company">
          <Controller name="company" control={control} render={({ field }) => <Input {...field} />} />
        </Form.Item>
        <Form.Item label="Plan">
          <Controller name="plan" control={control} render={({ field }) => <Select {...field} options={plans} />} />
        </Form.Item>
        <Form.Item>
          <Controller name="news" control={control} render={({ field: { value, ...field } }) => <Checkbox {...field} checked={value}>News</Checkbox>} />
        </Form.Item>
        <Button type="primary" onClick={handleSubmit(() => undefined)}>Save</Button>
      </Form>
    </div>
  )
}
