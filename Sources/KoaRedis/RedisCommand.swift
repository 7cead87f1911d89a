#if Redis
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

        /// How many bytes it has at most when it is written.
        private var size: Int { arguments.reduce(24) { $0 + $1.utf8.count + 24 } }

        /// The commands in a row, as Redis reads them (RESP2): how many arguments one has, then each behind its length.
        static func encode(_ commands: [RedisCommand]) -> ByteBuffer {
            let size = commands.reduce(0) { $0 + $1.size }
            var buffer = ByteBufferAllocator().buffer(capacity: size)
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { bytes in
                var writer = Writer(bytes: bytes)
                for command in commands {
                    writer.put(UInt8(ascii: "*"), command.arguments.count)
                    for argument in command.arguments {
                        writer.put(UInt8(ascii: "$"), argument.utf8.count)
                        writer.put(argument)
                    }
                }
                return writer.count
            }
            return buffer
        }

        /// Writes into memory that is large enough, at once: each command has a dozen pieces.
        private struct Writer {
            let bytes: UnsafeMutableRawBufferPointer
            private(set) var count = 0

            init(bytes: UnsafeMutableRawBufferPointer) {
                self.bytes = bytes
            }

            /// A line of a mark and a number.
            mutating func put(_ mark: UInt8, _ number: Int) {
                bytes[count] = mark
                count += 1
                put(digits: number)
                endLine()
            }

            private mutating func put(digits number: Int) {
                if number >= 10 { put(digits: number / 10) }
                bytes[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
                count += 1
            }

            /// A line of text.
            mutating func put(_ text: String) {
                var text = text
                text.withUTF8 { text in
                    UnsafeMutableRawBufferPointer(rebasing: bytes[count...]).copyMemory(
                        from: UnsafeRawBufferPointer(text))
                    count += text.count
                }
                endLine()
            }

            private mutating func endLine() {
                bytes[count] = UInt8(ascii: "\r")
                bytes[count + 1] = UInt8(ascii: "\n")
                count += 2
            }
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
