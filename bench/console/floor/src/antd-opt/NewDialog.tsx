import { Form, Input, Modal } from 'antd'
import { Controller, useForm } from 'react-hook-form'

export default function NewDialog({ onClose }: { onClose: () => void }) {
  const { control, handleSubmit, formState } = useForm({ defaultValues: { name: '', email: '' } })
  const { name, email } = formState.errors
  return (
    <Modal open title="New" onCancel={onClose} onOk={handleSubmit(onClose)}>
      <Form layout="vertical" component="div">
        <Form.Item label="Name" validateStatus={name ? 'error' : ''} help={name?.message}>
          <Controller name="name" control={control} rules={{ required: 'Needed' }} render={({ field }) => <Input {...field} />} />
        </Form.Item>
        <Form.Item label="E-mail" validateStatus={email ? 'error' : ''} help={email?.message}>
          <Controller name="email" control={control} rules={{ pattern: { value: /@/, message: 'Not an address' } }} render={({ field }) => <Input {...field} />} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
