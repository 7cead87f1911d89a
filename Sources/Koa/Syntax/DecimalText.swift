extension String {
    /// A number in decimal digits; short ones cost no allocation.
    init(decimal number: Int) {
        guard number >= 0 else {
            self = "\(number)"
            return
        }
        var digits = 1
        var rest = number
        while rest >= 10 {
            rest /= 10
            digits += 1
        }
        self.init(unsafeUninitializedCapacity: digits) { buffer in
            var rest = number
            var index = digits
            while index > 0 {
                index -= 1
                buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            return digits
        }
    }
}
