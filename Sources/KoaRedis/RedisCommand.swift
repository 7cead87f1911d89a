#if Redis
    import CKoaRedis
    import NIOCore

    /// A command and its arguments, which may be any text.
    struct RedisCommand: Sendable, ExpressibleByArrayLiteral {
        let arguments: [String]

        init(_ arguments: [String]) {
            self.arguments = arguments
        }

        init(arrayLiteral arguments: String...) {
            self.arguments = arguments
        }

        /// Writes the command as Redis reads it (RESP2), by hiredis.
        func write(to buffer: inout ByteBuffer) throws {
            var text: [UInt8] = []
            var lengths: [Int] = []
            for argument in arguments {
                text.append(contentsOf: argument.utf8)
                lengths.append(argument.utf8.count)
            }
            var command: UnsafeMutablePointer<CChar>?
            let length = text.withUnsafeBytes { text in
                // An empty array may have no address, and hiredis takes no null even for nothing.
                withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: lengths.count) { pointers in
                    var start = 0
                    for (index, length) in lengths.enumerated() {
                        let pointer = text.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
                        pointers.initializeElement(at: index, to: pointer)
                        start += length
                    }
                    return redisFormatCommandArgv(&command, CInt(lengths.count), pointers.baseAddress, lengths)
                }
            }
            guard length > 0, let command else { throw RedisError(.overloaded, "There is no memory for a command.") }
            defer { redisFreeCommand(command) }
            buffer.writeBytes(UnsafeRawBufferPointer(start: command, count: Int(length)))
        }

        /// The commands in a row.
        static func encode(_ commands: [RedisCommand]) throws -> ByteBuffer {
            var buffer = ByteBuffer()
            for command in commands { try command.write(to: &buffer) }
            return buffer
        }
    }

    extension RedisOptions {
        /// What is sent first on a connection. The last of them tells whether Redis is ready.
        var greeting: [RedisCommand] {
            var commands: [RedisCommand] = []
            // A user may have been given no password: any is right then.
            if let user {
                commands.append(["AUTH", user, password ?? ""])
            } else if let password {
                commands.append(["AUTH", password])
            }
            if database != 0 { commands.append(["SELECT", "\(database)"]) }
            commands.append(["PING"])
            return commands
        }
    }
#endif
