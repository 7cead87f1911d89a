import Testing
import KoaBody
