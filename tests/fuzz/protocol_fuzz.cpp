// Every door for outside bytes of sync/protocol. The first byte says which; what a door takes must
// be written and read again as the same.

#include "shared/base/check.h"
#include "sync/protocol/enrolment_code.h"
#include "sync/protocol/event_json.h"
#include "sync/protocol/journal_file.h"
#include "sync/protocol/roster.h"
#include "sync/protocol/slip_code.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

namespace {

using namespace mado;
using namespace mado::sync;

template <class Parse>
void comes_back(std::string_view text, Parse parse) {
    const auto first = parse(text);
    if (!first.ok()) {
        MADO_CHECK(!first.error().what.empty());
        return;
    }
    const auto again = parse(to_json(*first));
    MADO_CHECK(again.ok() && *again == *first);
}

void event_comes_back(std::string_view text) {
    const auto event = read_event(text);
    if (!event.ok()) return;
    const auto again = read_event(write_event(*event));
    MADO_CHECK(again.ok() && *again == *event);
}

void roster_is_searched(std::string_view bytes) {
    const std::shared_ptr<std::uint8_t[]> copy(new std::uint8_t[bytes.size()]);
    std::ranges::copy(bytes, copy.get());
    const auto view = RosterFileView::of(copy, bytes.size());
    if (!view.ok()) return;
    for (const std::uint8_t byte : {0, 1, 64, 127, 128, 200, 255}) {
        Locator locator{};
        locator.fill(byte);
        const auto found = view->find(locator);
        MADO_CHECK(!found || view->size() > 0);
    }
}

void slip_is_read(std::string_view text) {
    // The town's key: the generator of P-256, a point that is one.
    static const auto town = [] {
        const auto bytes =
            from_hex("036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296");
        PublicKey key{};
        std::copy(bytes->begin(), bytes->end(), key.begin());
        return key;
    }();
    MADO_CHECK(!read_slip_code(text, town).ok());
    MADO_CHECK(!read_slip_code("MADO1:" + to_base45(bytes_of(text)), town).ok());
}

// A seal has no second way to be written either: it comes back as it was read.
void journal_comes_back(std::string_view text) {
    const auto file = parse_journal_file(text);
    if (!file.ok()) {
        MADO_CHECK(file.error().line >= 1 && !file.error().what.empty());
        return;
    }
    const auto seal = [&file](std::span<const std::uint8_t>) { return file->signature; };
    MADO_CHECK(write_journal_file(file->journal, seal) == text);
}

void enrolment_comes_back(std::string_view text) {
    const auto code = EnrolmentCode::parse(text);
    if (code) MADO_CHECK(code->text() == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto push = [](std::string_view json) { return parse_push_request(json, DeviceId(3)); };
    switch (data[0]) {
        case 'a':
            comes_back(text, parse_enrol_request);
            break;
        case 'b':
            comes_back(text, parse_enrol_pending);
            break;
        case 'c':
            comes_back(text, parse_enrol_grant);
            break;
        case 'd':
            comes_back(text, push);
            break;
        case 'e':
            comes_back(text, parse_push_answer);
            break;
        case 'f':
            comes_back(text, parse_changes_page);
            break;
        case 'g':
            comes_back(text, parse_lease_request);
            break;
        case 'h':
            comes_back(text, parse_lease_answer);
            break;
        case 'i':
            comes_back(text, parse_snapshot);
            break;
        case 'j':
            comes_back(text, parse_refusal);
            break;
        case 'k':
            comes_back(text, parse_change);
            break;
        case 'l':
            event_comes_back(text);
            break;
        case 'm':
            roster_is_searched(text);
            break;
        case 'n':
            slip_is_read(text);
            break;
        case 'o':
            enrolment_comes_back(text);
            break;
        case 'p':
            journal_comes_back(text);
            break;
        default:
            break;
    }
    return 0;
}
