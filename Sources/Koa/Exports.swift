// A user of Koa names header fields, methods and bytes without importing the packages that define them.
@_exported public import HTTPTypes

@_exported public import struct NIOCore.ByteBuffer
