#if PostgreSQL
    import CKoaPostgres

    /// A statement's values in the binary form of the protocol, in which a text may have any bytes.
    struct PostgresParameters {
        private var bytes: [UInt8] = []
        private var offsets: [Int] = []
        private var lengths: [CInt] = []
        private var types: [Oid] = []

        init(_ values: [PostgresValue]) {
            for value in values {
                offsets.append(bytes.count)
                switch value {
                case .integer(let integer):
                    withUnsafeBytes(of: integer.bigEndian) { bytes += $0 }
                    types.append(20)
                case .text(let text):
                    bytes += text.utf8
                    types.append(25)
                }
                lengths.append(CInt(clamping: bytes.count - (offsets.last ?? 0)))
                // So that an empty text at the end too has a place.
                bytes.append(0)
            }
        }

        /// Sends a statement with them.
        func send(_ sql: String, on connection: OpaquePointer) -> Bool {
            bytes.withUnsafeBytes { buffer in
                let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                let values = offsets.map { base?.advanced(by: $0) }
                let formats = [CInt](repeating: 1, count: values.count)
                return PQsendQueryParams(connection, sql, CInt(values.count), types, values, lengths, formats, 0) == 1
            }
        }
    }
#endif
