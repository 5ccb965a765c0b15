// Whatever a message holds, it comes back; whatever bytes arrive, nothing breaks.

#include "shared/base/text.h"
#include "sync/protocol/enrolment_code.h"
#include "sync/protocol/event_json.h"
#include "sync/protocol/slip_code.h"
#include "tests/support/builders.h"
#include "tests/support/dice.h"
#include "tests/unit/protocol/samples.h"

#include <set>

#include <gtest/gtest.h>

namespace mado::tests {
namespace {

using namespace mado::sync;

// Makes values at random, the rims of their ranges more often than chance would.
class Maker {
  public:
    explicit Maker(std::uint64_t seed) : dice_(seed) {}

    Dice& dice() { return dice_; }

    std::int64_t within(std::int64_t least, std::int64_t most) {
        if (dice_.percent(15)) return least;
        if (dice_.percent(15)) return most;
        const auto span = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
        if (span == UINT64_MAX) return static_cast<std::int64_t>(dice_.number());
        return least + static_cast<std::int64_t>(dice_.number() % (span + 1));
    }
    int small(int least, int most) { return static_cast<int>(within(least, most)); }
    std::int64_t count() { return within(0, INT64_MAX); }
    template <class Identity>
    Identity id(std::int64_t most = 2147483647) {
        return Identity(within(1, most));
    }
    EventNumber event() { return id<EventNumber>(INT64_MAX); }

    // Text of letters that JSON, UTF-8 and shells find hard; none of them control characters.
    std::string line(std::size_t letters_max = 40) {
        static const std::vector<std::string> letters = {
            "a", "Z", "0", " ",  "\"", "\\", "/",  "'",  "<",          "&",      "{",
            "}", ",", ":", "窓", "口", "é",  "髙", "﨑", "\U0001F600", "\u2028", "\uFFFD"};
        std::string made = "x";
        const int count = dice_.below(static_cast<int>(letters_max));
        for (int i = 0; i < count; ++i)
            made += dice_.pick(letters);
        return made;
    }
    // Any UTF-8, control characters too.
    std::string text() {
        std::string made = line();
        for (int i = dice_.below(4); i > 0; --i)
            made += static_cast<char>(dice_.below(32));
        return made;
    }
    std::string word() {
        static const std::string letters = "abcxyzABC0189-_";
        std::string made;
        for (int i = dice_.between(1, 20); i > 0; --i)
            made += dice_.pick(letters);
        return made;
    }
    std::string raw(std::size_t count) {
        std::string made(count, '\0');
        for (char& byte : made)
            byte = static_cast<char>(dice_.below(256));
        return made;
    }
    Digest digest() {
        Digest made{};
        dice_.fill(made);
        return made;
    }
    Instant instant() { return Instant(Milliseconds(within(0, 253402300799999))); }
    Date date() { return Date(std::chrono::days(within(-719162, 2932896))); }
    MunicipalityCode municipality() {
        static const std::vector<std::string> codes = {"011002", "130001", "141003", "272205"};
        return a_municipality(dice_.pick(codes));
    }
    VaccineCode vaccine_code() {
        static const std::vector<std::string> codes = {"pfizer", "moderna", "a", "novavax-2"};
        return a_vaccine_code(dice_.pick(codes));
    }
    template <class Make>
    auto list(int count_max, Make make) {
        std::vector<decltype(make())> made;
        for (int i = dice_.below(count_max + 1); i > 0; --i)
            made.push_back(make());
        return made;
    }

    FeedPosition position() { return {count(), count()}; }
    Town town() {
        const auto area = list(5, [&] { return municipality(); });
        Town made{municipality(), line(),       line(), {area.begin(), area.end()},
                  line(),         small(0, 100)};
        made.misses_an_hour = small(1, 100'000);
        made.kiosks = small(0, 1'000'000);
        return made;
    }
    Vaccine vaccine() {
        return {vaccine_code(),  line(),          line(),        line(),
                small(0, 36500), small(0, 36500), small(0, 150), small(0, 36500)};
    }
    Venue venue() { return {id<VenueId>(), line(), line(), line(), line()}; }
    Slot slot() {
        const SeatCount seats{small(0, 1000000), small(0, 1000000), small(0, 1000000)};
        return {id<SlotId>(),
                id<VenueId>(),
                date(),
                TimeOfDay(small(0, 1439)),
                std::chrono::minutes(small(1, 1440)),
                vaccine_code(),
                seats,
                {some(), some(), some(), some(), some(), some()}};
    }
    // Seats, and often none.
    int some() { return dice_.percent(50) ? small(0, 1000000) : 0; }
    BookingId booking_id() { return {DeviceId(within(0, 2147483647)), event()}; }
    Declaration declaration() {
        return Declaration::from_bits(small(0, (1 << kDeclared.size()) - 1)).value();
    }
    Booking booking() {
        static const std::vector<BookingState> states = {BookingState::Live, BookingState::Doubled,
                                                         BookingState::ToMove,
                                                         BookingState::Cancelled};
        return {booking_id(),  id<PersonId>(4294967295), small(1, 99),        id<SlotId>(),
                declaration(), dice_.pick(states),       within(1, INT64_MAX)};
    }
    Application application() {
        Application made{booking_id(),  id<PersonId>(4294967295),      small(1, 99), {},
                         declaration(), dice_.pick(kApplicationStates)};
        for (int left = dice_.between(1, static_cast<int>(kChoicesMax)); left > 0; --left) {
            const auto slot = id<SlotId>();
            if (std::ranges::find(made.choices, slot) == made.choices.end()) {
                made.choices.push_back(slot);
            }
        }
        return made;
    }
    ResidentChanged resident() {
        std::optional<DoseRecord> dose;
        if (dice_.percent(60)) dose = DoseRecord{small(1, 99), date(), vaccine_code()};
        const int packed =
            dice_.between(1869, 2021) * 10000 + dice_.between(1, 12) * 100 + dice_.between(1, 28);
        std::string digits = std::to_string(within(1, 9999999999));
        digits.insert(0, 10 - digits.size(), '0');
        return {Personal<Ticket>(Ticket{municipality(), a_ticket_number(digits)}),
                Resident{id<PersonId>(4294967295), Personal<BirthDate>(a_birth_date(packed)), dose,
                         dice_.percent(90)}};
    }
    Call call() {
        Call made{{id<DeviceId>(), event()}, {}, instant()};
        if (dice_.percent(50)) made.venue = id<VenueId>();
        if (dice_.percent(50)) made.answer = CallAnswer{word(), instant()};
        if (dice_.percent(50)) made.ended = instant();
        return made;
    }
    SettingsChanged settings() {
        SettingsChanged made;
        if (dice_.percent(50)) made.device = id<DeviceId>();
        if (dice_.percent(50)) made.settings.language = dice_.pick(kLanguageCodes);
        if (dice_.percent(50)) made.settings.voice = VoiceUse::Off;
        if (dice_.percent(50)) made.settings.call_limit = std::chrono::seconds(small(5, 600));
        return made;
    }
    TownText town_text() {
        return {{dice_.pick(kLanguageCodes), word()},
                dice_.percent(80) ? word() : std::string(),
                dice_.percent(50) ? word() : std::string()};
    }
    WireChange wire_change() {
        switch (dice_.below(12)) {
            case 0:
                return TownChanged{town()};
            case 1:
                return VaccineChanged{vaccine()};
            case 2:
                return VenueChanged{venue()};
            case 3:
                return SlotChanged{slot()};
            case 4:
                return BookingChanged{booking()};
            case 5:
                return LeaseChanged{id<DeviceId>(), id<SlotId>(), count(), some()};
            case 6:
                return SealedResident{raw(kLocatorBytes), raw(kSealedBytes)};
            case 7:
                return ApplicationChanged{application()};
            case 8:
                return CallChanged{call()};
            case 9:
                return settings();
            case 10:
                return TextChanged{town_text()};
            default:
                return Withheld{};
        }
    }
    Answer answer() {
        static const std::vector<Answer::Verdict> verdicts = {
            Answer::Verdict::Accepted, Answer::Verdict::Worklist, Answer::Verdict::Aside};
        return {event(), dice_.pick(verdicts), dice_.percent(50) ? word() : std::string(),
                position()};
    }
    PushRequest push(DeviceId device) {
        PushRequest made;
        std::int64_t number = within(1, INT64_MAX - 20);
        for (int i = dice_.below(20); i > 0; --i) {
            made.events.push_back({device, EventNumber(number++), digest(), text()});
        }
        return made;
    }
    PushAnswer push_answer() {
        PushAnswer made;
        made.answers = list(20, [&] { return answer(); });
        if (dice_.percent(50)) made.expected = event();
        made.fenced = dice_.percent(50);
        made.now = instant();
        return made;
    }
    ChangesPage page() {
        ChangesPage made;
        made.changes = list(20, [&] { return wire_change(); });
        const auto rows = static_cast<std::int64_t>(made.changes.size());
        made.after = {count(), within(0, INT64_MAX - rows)};
        made.upto = made.after.number + rows;
        made.now = instant();
        return made;
    }
    Snapshot snapshot() {
        const auto lease = [&] {
            const auto granted = count();
            const auto used = within(0, granted);
            const auto kept_used = within(0, 9);
            const auto kept = kept_used + within(0, std::min<std::int64_t>(9, granted - used));
            return LeaseState{id<SlotId>(), Lease{granted, used, kept, kept_used}};
        };
        return {position(),
                town(),
                list(4, [&] { return vaccine(); }),
                list(4, [&] { return venue(); }),
                list(10, [&] { return slot(); }),
                list(10, [&] { return booking(); }),
                list(10, lease),
                EventNumber(count()),
                {word(), within(0, std::int64_t{1} << 40), digest()},
                instant(),
                list(4, [&] { return call(); }),
                list(2, [&] { return settings(); }),
                list(4, [&] { return town_text(); }),
                list(4, [&] { return application(); })};
    }
    EventBody body() {
        switch (dice_.below(10)) {
            case 0:
                return Started{};
            case 1:
                return Booked{booking(), count()};
            case 2:
                return Booked{
                    booking(), count(), as_seen(booking()), some(),
                    dice_.percent(50) ? std::optional(to_base45(bytes_of(word()))) : std::nullopt};
            case 3:
                return CancelWished{as_seen(booking()), booking().person};
            case 4:
                return SlipPrinted{booking_id(), dice_.percent(50)};
            case 5:
                return Applied{application()};
            case 6:
                return ApplicationWithdrawn{booking_id(), application().person};
            case 7:
                return StaffCalled{};
            case 8:
                return StaffCallEnded{event()};
            default:
                return SeatsReturned{id<SlotId>(), count(), some()};
        }
    }

  private:
    Dice dice_;
};

TEST(ProtocolProperty, WhateverAMessageHoldsComesBack) {
    std::size_t rows = 0;
    std::set<std::size_t> kinds;
    for (const auto seed : seeds(400)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Maker make(seed);
        const auto page = make.page();
        ASSERT_EQ(parse_changes_page(to_json(page)).value(), page);
        for (const auto& row : page.changes)
            kinds.insert(row.index());
        rows += page.changes.size();
        const auto snapshot = make.snapshot();
        ASSERT_EQ(parse_snapshot(to_json(snapshot)).value(), snapshot);
        const auto push = make.push(DeviceId(9));
        ASSERT_EQ(parse_push_request(to_json(push), DeviceId(9)).value(), push);
        const auto answer = make.push_answer();
        ASSERT_EQ(parse_push_answer(to_json(answer)).value(), answer);
        const Change row = make.resident();
        ASSERT_EQ(parse_change(to_json(row)).value(), row);
        const EnrolRequest enrol{make.word(), make.text(), make.word(), make.line()};
        ASSERT_EQ(parse_enrol_request(to_json(enrol)).value(), enrol);
        const LeaseRequest leases{make.list(200, [&] {
            return LeaseWish{make.id<SlotId>(), make.count(),
                             make.some() > 0 ? std::optional(2) : std::nullopt};
        })};
        ASSERT_EQ(parse_lease_request(to_json(leases)).value(), leases);
        const LeaseAnswer levels{
            make.list(200,
                      [&] {
                          return LeaseLevel{make.id<SlotId>(), make.count(), make.some()};
                      }),
            make.instant()};
        ASSERT_EQ(parse_lease_answer(to_json(levels)).value(), levels);
    }
    if (seeds(400).size() == 400) {
        EXPECT_GT(rows, 2000U);
        EXPECT_EQ(kinds.size(), std::variant_size_v<WireChange>);
    }
}

TEST(ProtocolProperty, WhateverAnEventHoldsComesBackAndIsWrittenTheSameAgain) {
    for (const auto seed : seeds(2000)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Maker make(seed);
        Event event;
        event.decided_at = make.instant();
        make.dice().fill(event.nonce);
        event.body = make.body();
        const std::string written = write_event(event);
        const auto read = read_event(written);
        ASSERT_TRUE(read.ok()) << read.error().what;
        ASSERT_EQ(*read, event);
        ASSERT_EQ(write_event(*read), written);
    }
}

// A right text with a few bytes altered, cut out or doubled: nearer to a message than noise is.
std::string spoil(Dice& dice, std::string text) {
    for (int i = dice.between(1, 4); i > 0 && !text.empty(); --i) {
        const auto at = static_cast<std::size_t>(dice.below(static_cast<int>(text.size())));
        const auto length = static_cast<std::size_t>(dice.between(1, 20));
        switch (dice.below(4)) {
            case 0:
                text[at] = static_cast<char>(dice.below(256));
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2:
                text.insert(at, text.substr(at, length));
                break;
            default:
                text[at] = "0123456789{}[]\",:-.e"[dice.below(20)];
                break;
        }
    }
    return text;
}

TEST(ProtocolProperty, SpoiltBytesAreRefusedOrAreAMessageAndNeverAnythingElse) {
    const auto all = doors();
    int refused = 0;
    int taken = 0;
    for (const auto seed : seeds(1500)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Dice dice(seed);
        for (const auto& door : all) {
            const auto wrong = door.wrong(spoil(dice, door.json));
            ++(wrong ? refused : taken);
            if (wrong) {
                ASSERT_FALSE(wrong->what.empty());
                ASSERT_LT(wrong->what.size(), 200U);
            }
        }
        std::string noise(static_cast<std::size_t>(dice.below(300)), '\0');
        for (char& byte : noise)
            byte = static_cast<char>(dice.below(256));
        for (const auto& door : all)
            ASSERT_TRUE(door.wrong(noise));
        ASSERT_FALSE(read_slip_code(noise, PublicKey{}).ok());
        ASSERT_FALSE(EnrolmentCode::parse(noise));
    }
    if (seeds(1500).size() == 1500) {
        EXPECT_GT(refused, 10000);
        EXPECT_GT(taken, 500) << "no spoilt message was still one: the spoiling is too rough";
    }
}

TEST(ProtocolProperty, ATicketFindsItsOwnRowAmongManyAndNothingElse) {
    const VaccineList list = {a_vaccine_code("pfizer"), a_vaccine_code("moderna"),
                              a_vaccine_code("a"), a_vaccine_code("novavax-2")};
    int found = 0;
    for (const auto seed : seeds(20)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Maker make(seed);
        RosterKey key{};
        make.dice().fill(key);
        std::map<Ticket, Resident> people;
        for (int i = make.dice().below(600); i > 0; --i) {
            auto row = make.resident();
            if (row.resident.last_dose) {
                row.resident.last_dose->date = in_days(-make.dice().below(400));
            }
            people.insert_or_assign(row.ticket.reveal(), row.resident);
        }
        std::vector<RosterRow> rows;
        for (const auto& [ticket, person] : people) {
            rows.push_back(seal(key, list, ticket, person));
        }
        const auto view = view_of(write_roster_file(make.position(), list, rows)).value();
        for (const auto& [ticket, person] : people) {
            const auto sealed = view.find(locate(key, ticket));
            ASSERT_TRUE(sealed);
            ASSERT_EQ(open(key, view.vaccines(), ticket, *sealed), person);
            ++found;
        }
        for (int i = 0; i < 200; ++i) {
            const auto stranger = make.resident().ticket.reveal();
            if (people.contains(stranger)) continue;
            ASSERT_FALSE(view.find(locate(key, stranger)));
        }
    }
    if (seeds(20).size() == 20) {
        EXPECT_GT(found, 3000);
    }
}

}  // namespace
}  // namespace mado::tests
