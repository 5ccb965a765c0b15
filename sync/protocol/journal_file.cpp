#include "sync/protocol/journal_file.h"

#include "sync/protocol/json_reader.h"
#include "sync/protocol/json_writer.h"
#include "sync/protocol/wire_values.h"

#include <algorithm>

namespace mado::sync {

namespace {

constexpr std::int64_t kVersion = 1;
// A body's letters can take six bytes each where JSON escapes them.
constexpr JsonLimits kLineLimits = {6 * kEventBodyBytesMax + 1024, 20};

struct Header {
    DeviceId device;
    EventNumber first;
    std::int64_t count = 0;
};

struct Seal {
    Digest checksum{};
    Signature signature{};
};

std::string header_line(const Header& header) {
    JsonWriter out;
    out.begin_object();
    out.name("madoguchi_journal").integer(kVersion);
    out.name("device").integer(header.device.number());
    out.name("first").integer(header.first.number());
    out.name("count").integer(header.count);
    return out.end_object().take() + '\n';
}

std::string event_line(const Envelope& event) {
    JsonWriter out;
    write(out, event);
    return out.take() + '\n';
}

std::string seal_line(const Seal& seal) {
    JsonWriter out;
    out.begin_object();
    out.name("checksum").bytes(seal.checksum);
    out.name("signature").bytes(seal.signature);
    return out.end_object().take() + '\n';
}

Result<Header, WireError> read_header(const JsonObject& in) {
    MADO_TRY(in.integer("madoguchi_journal", kVersion, kVersion));
    const auto device = MADO_TRY(id<DeviceId>(in, "device"));
    const auto first = MADO_TRY(id<EventNumber>(in, "first", kCountMax));
    const auto count = MADO_TRY(in.integer("count", 1, std::int64_t{kJournalFileEventsMax}));
    return Header{device, first, count};
}

Result<Seal, WireError> read_seal(const JsonObject& in) {
    const auto checksum = MADO_TRY(digest(in, "checksum"));
    const auto signature = MADO_TRY(in.bytes("signature", Signature{}.size()));
    Seal seal{checksum, {}};
    std::ranges::copy(signature, seal.signature.begin());
    return seal;
}

Bytes signed_bytes(const Digest& checksum) {
    const auto name = bytes_of("madoguchi journal");
    Bytes bytes(name.size() + checksum.size());
    std::ranges::copy(name, bytes.begin());
    std::ranges::copy(checksum, bytes.end() - static_cast<std::ptrdiff_t>(checksum.size()));
    return bytes;
}

// Takes a file apart line by line.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    Result<SignedJournal, JournalFileError> read() {
        const auto header = MADO_TRY(line(read_header, header_line));
        SignedJournal found;
        found.journal.device = header.device;
        for (std::int64_t i = 0; i < header.count; ++i) {
            Envelope event = MADO_TRY(next_event(header, found.journal.events));
            found.journal.events.push_back(std::move(event));
        }
        const Digest checksum = sha256(bytes_of(text_.substr(0, at_)));
        const auto seal = MADO_TRY(line(read_seal, seal_line));
        if (seal.checksum != checksum) return wrong("the checksum is of another file");
        if (at_ != text_.size()) {
            ++line_;
            return wrong("there is something behind the end");
        }
        found.checksum = seal.checksum;
        found.signature = seal.signature;
        return found;
    }

  private:
    Failure<JournalFileError> wrong(std::string what) const {
        return fail(JournalFileError{line_, std::move(what)});
    }

    // One line, which must be exactly as `write` writes it.
    template <class Read, class Write>
    auto line(const Read& read, const Write& write)
        -> Result<typename decltype(read(std::declval<const JsonObject&>()))::Value,
                  JournalFileError> {
        ++line_;
        const auto end = text_.find('\n', at_);
        if (at_ == text_.size()) return wrong("the file ends here, before its end");
        if (end == std::string_view::npos) return wrong("the line is cut off");
        const auto whole = text_.substr(at_, end + 1 - at_);
        auto value = read_message(whole.substr(0, whole.size() - 1), kLineLimits, read);
        if (!value.ok()) return wrong(value.error().what);
        if (write(*value) != whole) return wrong("not written as a journal's line is");
        at_ = end + 1;
        return std::move(value).value();
    }

    Result<Envelope, JournalFileError> next_event(const Header& header,
                                                  const std::vector<Envelope>& before) {
        const auto read = [&](const JsonObject& in) { return read_envelope(in, header.device); };
        Envelope event = MADO_TRY(line(read, event_line));
        const auto number = header.first.number() + static_cast<std::int64_t>(before.size());
        if (event.number.number() != number) {
            return wrong("event " + std::to_string(number) + " must stand here");
        }
        if (!before.empty() && event.previous != before.back().hash()) {
            return wrong("this event does not follow the one before");
        }
        return event;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 0;
};

}  // namespace

bool SignedJournal::signed_by(const PublicKey& key) const {
    return verify(key, signed_bytes(checksum), signature);
}

std::string write_journal_file(const JournalFile& journal, const Sign& sign) {
    MADO_CHECK(!journal.events.empty());
    std::string text = header_line({journal.device, journal.events.front().number,
                                    static_cast<std::int64_t>(journal.events.size())});
    for (const Envelope& event : journal.events)
        text += event_line(event);
    const Digest checksum = sha256(bytes_of(text));
    return text + seal_line({checksum, sign(signed_bytes(checksum))});
}

Result<SignedJournal, JournalFileError> parse_journal_file(std::string_view text) {
    return Reader(text).read();
}

}  // namespace mado::sync
