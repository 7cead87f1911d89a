import Testing

@testable import KoaBody

@Suite("Errors of bodies")
struct BodyErrorStatusTests {
    @Test(
        "of multipart have multer's codes, and the status that fits",
        arguments: [
            (MultipartError.Code.tooManyParts, "LIMIT_PART_COUNT", 413), (.fileTooLarge, "LIMIT_FILE_SIZE", 413),
            (.tooManyFiles, "LIMIT_FILE_COUNT", 413), (.nameTooLong, "LIMIT_FIELD_KEY", 413),
            (.fieldTooLong, "LIMIT_FIELD_VALUE", 413), (.tooManyFields, "LIMIT_FIELD_COUNT", 413),
            (.unexpectedFile, "LIMIT_UNEXPECTED_FILE", 400), (.missingName, "MISSING_FIELD_NAME", 400),
            (.headersTooLong, "LIMIT_HEADERS", 413), (.memoryExceeded, "LIMIT_MEMORY", 413),
            (.malformed, "MALFORMED", 400),
        ] as [(MultipartError.Code, String, Int)]
    )
    func multipart(code: MultipartError.Code, name: String, status: Int) {
        let error = MultipartError(code, field: "photo")
        #expect(error.status.code == status)
        #expect(error.expose)
        #expect(error.message.hasSuffix(" (photo)"))
        #expect("\(error)" == "\(name): \(error.message)")
    }

    @Test(
        "of other bodies have theirs",
        arguments: [
            (BodyError.Code.malformed, 400), (.tooLarge, 413), (.unsupportedType, 415), (.unsupportedCharset, 415),
            (.unsupportedEncoding, 415), (.invalidValue, 422),
        ] as [(BodyError.Code, Int)]
    )
    func bodies(code: BodyError.Code, status: Int) {
        let error = BodyError(code, "what", path: "a.b")
        #expect(error.status.code == status)
        #expect("\(error)" == "\(code): a.b: what")
        #expect((error.document != nil) == (code == .invalidValue))
    }

    @Test("keep the error underneath for logs, and show none of it")
    func cause() {
        let error = BodyError(.malformed, "broken", cause: MultipartError(.malformed))
        #expect(error.cause is MultipartError)
        #expect(error.message == "broken")
    }
}
