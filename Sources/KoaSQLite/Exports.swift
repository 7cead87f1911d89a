@_exported public import KoaSession
