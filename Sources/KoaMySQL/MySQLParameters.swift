#if MySQL
    import CKoaMySQL

    /// A statement's values in memory that stays where it is, as the library wants them.
    final class MySQLParameters {
        private(set) var bindings: [MYSQL_BIND] = []
        private let storage: UnsafeMutableRawBufferPointer

        init(_ values: [MySQLValue]) {
            let size = values.reduce(0) { $0 + Self.size(of: $1) }
            storage = .allocate(byteCount: max(size, 1), alignment: MemoryLayout<Int64>.alignment)
            var offset = 0
            for value in values {
                bindings.append(bind(value, at: offset))
                offset += Self.size(of: value)
            }
        }

        deinit { storage.deallocate() }

        /// A multiple of an integer's size, so that all are aligned.
        private static func size(of value: MySQLValue) -> Int {
            switch value {
            case .integer: MemoryLayout<Int64>.size
            case .text(let text): (text.utf8.count + 7) & ~7
            }
        }

        private func bind(_ value: MySQLValue, at offset: Int) -> MYSQL_BIND {
            let place = UnsafeMutableRawBufferPointer(rebasing: storage[offset...])
            var binding = MYSQL_BIND()
            binding.buffer = place.baseAddress
            switch value {
            case .integer(let integer):
                place.storeBytes(of: integer, as: Int64.self)
                binding.buffer_type = MYSQL_TYPE_LONGLONG
                binding.buffer_length = UInt(MemoryLayout<Int64>.size)
            case .text(let text):
                place.copyBytes(from: text.utf8)
                binding.buffer_type = MYSQL_TYPE_STRING
                binding.buffer_length = UInt(text.utf8.count)
            }
            return binding
        }
    }
#endif
