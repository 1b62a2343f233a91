/** A file that is sent with a form. */
export const upload = {
  drop: '将文件拖到此处，或', choose: '选择文件', replace: '换一个文件', remove: '不使用此文件', uploading: '正在上传 {{name}}', checking: '正在读取 {{name}}', percent: '已上传 {{percent}}%', cancel: '取消上传', cancel_of: '取消上传 {{name}}', chosen: '已上传 {{name}}',
  too_large: '文件超过 5 MB，没有上传。请压缩后再试。', wrong_type: '文件类型不符，没有上传。请选择 {{types}} 文件。', empty: '文件是空的，没有上传。', failed: '上传未完成，请检查网络后重试。', wait: '请等待文件上传完成', missing: '请上传文件',
} as const
