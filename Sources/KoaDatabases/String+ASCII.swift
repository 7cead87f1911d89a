extension String {
    /// This JSON text with all that isn't ASCII as `\uXXXX`, for columns that can't hold it otherwise.
    package var jsonInASCII: String {
        // Beyond ASCII, JSON has but the contents of strings.
        var text = ""
        for unit in utf16 {
            if unit < 0x80, let scalar = Unicode.Scalar(unit) {
                text.unicodeScalars.append(scalar)
            } else {
                let digits = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return text
    }
}
