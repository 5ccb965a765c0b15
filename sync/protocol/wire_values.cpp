#include "sync/protocol/wire_values.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace mado::sync {

namespace {

constexpr std::size_t kNameBytesMax = 200;
constexpr std::chrono::minutes kBookingClosesMax = std::chrono::hours(24 * 7);
constexpr int kMissesAnHourMax = 100'000;
constexpr int kKiosksMax = 1'000'000;
constexpr std::size_t kAddressBytesMax = 400;
constexpr std::size_t kServiceAreaMax = 2000;  // there are 1,963 codes
constexpr std::int64_t kLastInstantMs = 253402300799999;
constexpr std::int64_t kDaysMax = 36500;

struct StateName {
    BookingState state;
    std::string_view name;
};

constexpr std::array kStateNames = {
    StateName{BookingState::Live, "live"}, StateName{BookingState::Doubled, "doubled"},
    StateName{BookingState::ToMove, "to-move"}, StateName{BookingState::Cancelled, "cancelled"}};

std::string_view name_of(BookingState state) {
    for (const auto& entry : kStateNames) {
        if (entry.state == state) return entry.name;
    }
    std::abort();
}

Result<BookingState, WireError> booking_state(const JsonObject& in, std::string_view name) {
    const std::string word = MADO_TRY(in.word(name, 20));
    for (const auto& entry : kStateNames) {
        if (entry.name == word) return entry.state;
    }
    return fail(in.wrong(name, "no state of a booking"));
}

Result<SeatCount, WireError> read_seats(const JsonObject& in) {
    const auto target = MADO_TRY(in.integer("target", 0, kSeatsMax));
    const auto booked = MADO_TRY(in.integer("booked", 0, kSeatsMax));
    const auto held = MADO_TRY(in.integer("held", 0, kSeatsMax));
    return SeatCount{static_cast<int>(target), static_cast<int>(booked), static_cast<int>(held)};
}

void write(JsonWriter& out, const SeatParts& parts) {
    const auto count = [&out](std::string_view name, int seats) {
        if (seats != 0) out.name(name).integer(seats);
    };
    out.begin_object();
    count("later", parts.later);
    count("kept", parts.kept);
    count("web", parts.web);
    count("web_later", parts.web_later);
    count("call_centre", parts.call_centre);
    count("call_centre_later", parts.call_centre_later);
    out.end_object();
}

Result<SeatParts, WireError> read_parts(const JsonObject& in) {
    const auto count = [&in](std::string_view name) -> Result<int, WireError> {
        if (!in.has(name)) return 0;
        return static_cast<int>(MADO_TRY(in.integer(name, 0, kSeatsMax)));
    };
    SeatParts parts;
    parts.later = MADO_TRY(count("later"));
    parts.kept = MADO_TRY(count("kept"));
    parts.web = MADO_TRY(count("web"));
    parts.web_later = MADO_TRY(count("web_later"));
    parts.call_centre = MADO_TRY(count("call_centre"));
    parts.call_centre_later = MADO_TRY(count("call_centre_later"));
    return parts;
}

constexpr std::array kShareNames = {
    std::pair(Channel::Kiosk, std::string_view("kiosk")),
    std::pair(Channel::Web, std::string_view("web")),
    std::pair(Channel::CallCentre, std::string_view("call_centre"))};

void write(JsonWriter& out, const Shares& shares) {
    out.begin_object();
    for (const auto& [channel, name] : kShareNames) {
        if (const auto share = shares.of(channel)) out.name(name).integer(*share);
    }
    out.name("second_doses").integer(shares.second_doses);
    out.name("second_doses_open_days").integer(shares.second_doses_open_days);
    out.end_object();
}

Result<Shares, WireError> read_shares(const JsonObject& in) {
    constexpr int kPercentMax = 100;
    Shares shares;
    for (const auto& [channel, name] : kShareNames) {
        if (!in.has(name)) continue;
        shares.of(channel) = static_cast<int>(MADO_TRY(in.integer(name, 0, kPercentMax)));
    }
    shares.second_doses = static_cast<int>(MADO_TRY(in.integer("second_doses", 0, kPercentMax)));
    shares.second_doses_open_days =
        static_cast<int>(MADO_TRY(in.integer("second_doses_open_days", 0, kDaysMax)));
    if (!shares.holds()) return fail(in.wrong("second_doses", "shares that do not fit together"));
    return shares;
}

Result<int, WireError> days(const JsonObject& in, std::string_view name) {
    const auto count = MADO_TRY(in.integer(name, 0, kDaysMax));
    return static_cast<int>(count);
}

}  // namespace

void write(JsonWriter& out, const FeedPosition& position) {
    out.begin_object();
    out.name("epoch").integer(position.epoch);
    out.name("number").integer(position.number);
    out.end_object();
}

Result<FeedPosition, WireError> read_position(const JsonObject& in) {
    const auto epoch = MADO_TRY(in.integer("epoch", 0, kCountMax));
    const auto number = MADO_TRY(in.integer("number", 0, kCountMax));
    return FeedPosition{epoch, number};
}

void write(JsonWriter& out, const Town& town) {
    out.begin_object();
    out.name("municipality").text(town.municipality.digits());
    out.name("name").text(town.name);
    out.name("telephone").text(town.telephone);
    out.name("service_area").begin_list();
    for (const auto& code : town.service_area)
        out.text(code.digits());
    out.end_list();
    out.name("address_prefix").text(town.address_prefix);
    out.name("change_days_before").integer(town.change_days_before);
    if (town.booking_closes.count() > 0) {
        out.name("booking_closes_minutes").integer(town.booking_closes.count());
    }
    if (!town.name_en.empty()) out.name("name_en").text(town.name_en);
    if (town.misses_an_hour != kMissesAnHour) {
        out.name("misses_an_hour").integer(town.misses_an_hour);
    }
    if (town.kiosks > 0) out.name("kiosks").integer(town.kiosks);
    if (town.next_opening) write_instant(out, "next_opening_ms", *town.next_opening);
    if (town.shares != Shares{}) {
        out.name("shares");
        write(out, town.shares);
    }
    out.end_object();
}

Result<Town, WireError> read_town(const JsonObject& in) {
    auto code = MADO_TRY(municipality(in, "municipality"));
    auto name = MADO_TRY(in.line("name", kNameBytesMax));
    auto telephone = MADO_TRY(in.line("telephone", kNameBytesMax, LineRule::MayBeEmpty));
    const auto codes = MADO_TRY(in.texts("service_area", kServiceAreaMax, 6));
    std::set<MunicipalityCode> area;
    for (const auto& digits : codes) {
        const auto parsed = MunicipalityCode::parse(digits);
        if (!parsed) return fail(in.wrong("service_area", "no municipality code"));
        area.insert(*parsed);
    }
    auto prefix = MADO_TRY(in.line("address_prefix", kAddressBytesMax, LineRule::MayBeEmpty));
    const auto change_days = MADO_TRY(days(in, "change_days_before"));
    std::chrono::minutes closes{0};
    if (in.has("booking_closes_minutes")) {
        closes = std::chrono::minutes(
            MADO_TRY(in.integer("booking_closes_minutes", 0, kBookingClosesMax.count())));
    }
    std::string name_en;
    if (in.has("name_en")) name_en = MADO_TRY(in.line("name_en", kNameBytesMax));
    std::int64_t misses = kMissesAnHour;
    if (in.has("misses_an_hour")) {
        misses = MADO_TRY(in.integer("misses_an_hour", 1, kMissesAnHourMax));
    }
    std::int64_t kiosks = 0;
    if (in.has("kiosks")) kiosks = MADO_TRY(in.integer("kiosks", 0, kKiosksMax));
    std::optional<Instant> opening;
    if (in.has("next_opening_ms")) opening = MADO_TRY(instant(in, "next_opening_ms"));
    Shares shares;
    if (in.has("shares")) shares = MADO_TRY(in.object("shares", read_shares));
    return Town{std::move(code),
                std::move(name),
                std::move(telephone),
                std::move(area),
                std::move(prefix),
                change_days,
                closes,
                std::move(name_en),
                static_cast<int>(misses),
                static_cast<int>(kiosks),
                opening,
                shares};
}

void write(JsonWriter& out, const Vaccine& vaccine) {
    out.begin_object();
    out.name("code").text(vaccine.code.text());
    out.name("name_ja").text(vaccine.name_ja);
    out.name("name_en").text(vaccine.name_en);
    out.name("ledger_name").text(vaccine.ledger_name);
    out.name("interval_usual").integer(vaccine.interval_usual);
    out.name("interval_earliest").integer(vaccine.interval_earliest);
    out.name("age_min").integer(vaccine.age_min);
    out.name("pass_effective_after").integer(vaccine.pass_effective_after);
    out.end_object();
}

Result<Vaccine, WireError> read_vaccine(const JsonObject& in) {
    auto code = MADO_TRY(vaccine_code(in, "code"));
    auto name_ja = MADO_TRY(in.line("name_ja", kNameBytesMax));
    auto name_en = MADO_TRY(in.line("name_en", kNameBytesMax, LineRule::MayBeEmpty));
    auto ledger = MADO_TRY(in.line("ledger_name", kNameBytesMax, LineRule::MayBeEmpty));
    const auto usual = MADO_TRY(days(in, "interval_usual"));
    const auto earliest = MADO_TRY(days(in, "interval_earliest"));
    const auto age_min = MADO_TRY(in.integer("age_min", 0, 150));
    const auto effective = MADO_TRY(days(in, "pass_effective_after"));
    return Vaccine{
        std::move(code), std::move(name_ja), std::move(name_en),        std::move(ledger),
        usual,           earliest,           static_cast<int>(age_min), effective};
}

void write(JsonWriter& out, const Venue& venue) {
    out.begin_object();
    out.name("id").integer(venue.id.number());
    out.name("name").text(venue.name);
    out.name("name_en").text(venue.name_en);
    out.name("address").text(venue.address);
    out.name("telephone").text(venue.telephone);
    if (!venue.name_kana.empty()) out.name("name_kana").text(venue.name_kana);
    out.end_object();
}

Result<Venue, WireError> read_venue(const JsonObject& in) {
    const auto venue = MADO_TRY(id<VenueId>(in, "id"));
    auto name = MADO_TRY(in.line("name", kNameBytesMax));
    auto name_en = MADO_TRY(in.line("name_en", kNameBytesMax, LineRule::MayBeEmpty));
    auto address = MADO_TRY(in.line("address", kAddressBytesMax, LineRule::MayBeEmpty));
    auto telephone = MADO_TRY(in.line("telephone", kNameBytesMax, LineRule::MayBeEmpty));
    std::string name_kana;
    if (in.has("name_kana")) name_kana = MADO_TRY(in.line("name_kana", kNameBytesMax));
    return Venue{venue,
                 std::move(name),
                 std::move(name_en),
                 std::move(address),
                 std::move(telephone),
                 std::move(name_kana)};
}

void write(JsonWriter& out, const Slot& slot) {
    out.begin_object();
    out.name("id").integer(slot.id.number());
    out.name("venue").integer(slot.venue.number());
    out.name("date").text(to_text(slot.date));
    out.name("starts").text(to_text(slot.starts));
    out.name("minutes").integer(slot.length.count());
    out.name("vaccine").text(slot.vaccine.text());
    out.name("seats").begin_object();
    out.name("target").integer(slot.seats.target);
    out.name("booked").integer(slot.seats.booked);
    out.name("held").integer(slot.seats.held);
    out.end_object();
    if (slot.parts != SeatParts{}) {
        out.name("parts");
        write(out, slot.parts);
    }
    out.end_object();
}

Result<Slot, WireError> read_slot(const JsonObject& in) {
    const auto slot = MADO_TRY(id<SlotId>(in, "id"));
    const auto venue = MADO_TRY(id<VenueId>(in, "venue"));
    const auto day = MADO_TRY(date(in, "date"));
    const auto written = MADO_TRY(in.text("starts", 5));
    const auto starts = parse_time_of_day(written);
    if (!starts) return fail(in.wrong("starts", "no time of day"));
    const auto minutes = MADO_TRY(in.integer("minutes", 1, 24 * 60));
    auto vaccine = MADO_TRY(vaccine_code(in, "vaccine"));
    const auto seats = MADO_TRY(in.object("seats", read_seats));
    SeatParts parts;
    if (in.has("parts")) parts = MADO_TRY(in.object("parts", read_parts));
    return Slot{slot,  venue, day, *starts, std::chrono::minutes(minutes), std::move(vaccine),
                seats, parts};
}

void write(JsonWriter& out, const BookingId& id) {
    out.begin_object();
    out.name("device").integer(id.device.number());
    out.name("number").integer(id.number.number());
    out.end_object();
}

Result<BookingId, WireError> read_booking_id(const JsonObject& in) {
    const auto device = MADO_TRY(in.integer("device", 0, kSmallIdMax));
    const auto number = MADO_TRY(id<EventNumber>(in, "number", kCountMax));
    return BookingId{DeviceId(device), number};
}

void write(JsonWriter& out, const SeenBooking& booking) {
    out.begin_object();
    out.name("id");
    write(out, booking.id);
    out.name("version").integer(booking.version);
    out.end_object();
}

Result<SeenBooking, WireError> read_seen_booking(const JsonObject& in) {
    const auto id = MADO_TRY(in.object("id", read_booking_id));
    const auto version = MADO_TRY(in.integer("version", 1, kCountMax));
    return SeenBooking{id, version};
}

void write(JsonWriter& out, const CallId& id) {
    out.begin_object();
    out.name("device").integer(id.device.number());
    out.name("number").integer(id.number.number());
    out.end_object();
}

Result<CallId, WireError> read_call_id(const JsonObject& in) {
    const auto device = MADO_TRY(id<DeviceId>(in, "device"));
    const auto number = MADO_TRY(id<EventNumber>(in, "number", kCountMax));
    return CallId{device, number};
}

void write(JsonWriter& out, const Call& call) {
    out.begin_object();
    out.name("id");
    write(out, call.id);
    if (call.venue) out.name("venue").integer(call.venue->number());
    write_instant(out, "since_ms", call.since);
    if (call.answer) {
        out.name("answered_by").text(call.answer->by);
        write_instant(out, "answered_ms", call.answer->at);
    }
    if (call.ended) write_instant(out, "ended_ms", *call.ended);
    out.end_object();
}

Result<Call, WireError> read_call(const JsonObject& in) {
    Call call;
    call.id = MADO_TRY(in.object("id", read_call_id));
    if (in.has("venue")) call.venue = MADO_TRY(id<VenueId>(in, "venue"));
    call.since = MADO_TRY(instant(in, "since_ms"));
    if (in.has("answered_by")) {
        auto by = MADO_TRY(in.line("answered_by", kNameBytesMax));
        const auto at = MADO_TRY(instant(in, "answered_ms"));
        call.answer = CallAnswer{std::move(by), at};
    }
    if (in.has("ended_ms")) call.ended = MADO_TRY(instant(in, "ended_ms"));
    return call;
}

void write(JsonWriter& out, const TownText& text) {
    out.begin_object();
    out.name("language").text(text.name.language);
    out.name("key").text(text.name.key);
    out.name("text").text(text.text);
    if (!text.reading.empty()) out.name("reading").text(text.reading);
    out.end_object();
}

Result<TownText, WireError> read_town_text(const JsonObject& in) {
    auto language = MADO_TRY(in.word("language", 20));
    auto key = MADO_TRY(in.line("key", 100));
    auto text = MADO_TRY(in.line("text", kTownTextBytesMax, LineRule::MayBeEmpty));
    std::string reading;
    if (in.has("reading")) reading = MADO_TRY(in.line("reading", kTownTextBytesMax));
    return TownText{{std::move(language), std::move(key)}, std::move(text), std::move(reading)};
}

void write(JsonWriter& out, const SettingsChanged& changed) {
    out.begin_object();
    if (changed.device) out.name("device").integer(changed.device->number());
    out.name("values").begin_list();
    for (const auto& [key, value] : written(changed.settings)) {
        out.begin_object();
        out.name("key").text(key);
        out.name("value").text(value);
        out.end_object();
    }
    out.end_list();
    out.end_object();
}

Result<SettingsChanged, WireError> read_settings(const JsonObject& in) {
    using Value = std::pair<std::string, std::string>;
    constexpr std::size_t kValuesMax = 100;
    SettingsChanged changed;
    if (in.has("device")) changed.device = MADO_TRY(id<DeviceId>(in, "device"));
    const auto read_value = [](const JsonObject& value) -> Result<Value, WireError> {
        auto key = MADO_TRY(value.word("key", 40));
        auto text = MADO_TRY(value.line("value", 100));
        return Value(std::move(key), std::move(text));
    };
    for (const auto& [key, value] : MADO_TRY(in.list("values", kValuesMax, read_value))) {
        if (!is_kiosk_setting(key)) continue;
        const std::string wrong = set_kiosk_setting(changed.settings, key, value);
        if (!wrong.empty()) return fail(in.wrong("values", wrong));
    }
    return changed;
}

void write_declared(JsonWriter& out, const Declaration& declared) {
    out.name("condition_declared").boolean(declared.has(Declared::Condition));
    const auto asked = [&](Declared help) { return declared.has(help); };
    if (std::ranges::none_of(kHelp, asked)) return;
    out.name("help").begin_list();
    for (const Declared help : kHelp) {
        if (asked(help)) out.text(name_of(help));
    }
    out.end_list();
}

Result<Declaration, WireError> read_declared(const JsonObject& in) {
    constexpr std::size_t kWordBytesMax = 20;
    Declaration declared;
    if (MADO_TRY(in.boolean("condition_declared"))) declared.turn(Declared::Condition);
    if (!in.has("help")) return declared;
    const auto words = MADO_TRY(in.texts("help", kHelp.size(), kWordBytesMax));
    for (const auto& word : words) {
        const auto is_meant = [&](Declared help) { return name_of(help) == word; };
        const auto* help = std::ranges::find_if(kHelp, is_meant);
        if (help == kHelp.end()) return fail(in.wrong("help", "no help that is known here"));
        if (declared.has(*help)) return fail(in.wrong("help", "the same twice"));
        declared.turn(*help);
    }
    return declared;
}

void write(JsonWriter& out, const Booking& booking) {
    out.begin_object();
    out.name("id");
    write(out, booking.id);
    out.name("person").integer(booking.person.number());
    out.name("dose").integer(booking.dose);
    out.name("slot").integer(booking.slot.number());
    write_declared(out, booking.declared);
    out.name("state").text(name_of(booking.state));
    out.name("version").integer(booking.version);
    out.end_object();
}

void write(JsonWriter& out, const Envelope& event) {
    out.begin_object();
    out.name("number").integer(event.number.number());
    out.name("previous").bytes(event.previous);
    out.name("body").text(event.body);
    out.end_object();
}

void write(JsonWriter& out, const SignedHead& head) {
    out.begin_object();
    out.name("epoch").integer(head.epoch);
    out.name("number").integer(head.number.number());
    out.name("hash").bytes(head.hash);
    out.name("signature").bytes(head.signature);
    out.end_object();
}

Result<Digest, WireError> digest(const JsonObject& in, std::string_view name) {
    const auto raw = MADO_TRY(in.bytes(name, Digest{}.size()));
    Digest digest{};
    std::ranges::copy(raw, digest.begin());
    return digest;
}

Result<Envelope, WireError> read_envelope(const JsonObject& in, DeviceId device) {
    const auto number = MADO_TRY(id<EventNumber>(in, "number", kCountMax));
    const auto previous = MADO_TRY(digest(in, "previous"));
    auto body = MADO_TRY(in.text("body", kEventBodyBytesMax));
    return Envelope{device, number, previous, std::move(body)};
}

Result<SignedHead, WireError> read_signed_head(const JsonObject& in) {
    SignedHead head;
    head.epoch = MADO_TRY(in.integer("epoch", 1, kCountMax));
    head.number = MADO_TRY(id<EventNumber>(in, "number", kCountMax));
    head.hash = MADO_TRY(digest(in, "hash"));
    const auto signature = MADO_TRY(in.bytes("signature", head.signature.size()));
    std::ranges::copy(signature, head.signature.begin());
    return head;
}

Result<Booking, WireError> read_booking(const JsonObject& in) {
    const auto booking = MADO_TRY(in.object("id", read_booking_id));
    const auto person = MADO_TRY(id<PersonId>(in, "person", kPersonIdMax));
    const auto dose = MADO_TRY(in.integer("dose", 1, kDoseMax));
    const auto slot = MADO_TRY(id<SlotId>(in, "slot"));
    const auto declared = MADO_TRY(read_declared(in));
    const auto state = MADO_TRY(booking_state(in, "state"));
    const auto version = MADO_TRY(in.integer("version", 1, kCountMax));
    return Booking{booking, person, static_cast<int>(dose), slot, declared, state, version};
}

void write(JsonWriter& out, const Application& application) {
    out.begin_object();
    out.name("id");
    write(out, application.id);
    out.name("person").integer(application.person.number());
    out.name("dose").integer(application.dose);
    out.name("choices").begin_list();
    for (const SlotId slot : application.choices)
        out.begin_object().name("slot").integer(slot.number()).end_object();
    out.end_list();
    write_declared(out, application.declared);
    out.name("state").text(name_of(application.state));
    out.end_object();
}

Result<Application, WireError> read_application(const JsonObject& in) {
    const auto read_choice = [](const JsonObject& choice) { return id<SlotId>(choice, "slot"); };
    Application application;
    application.id = MADO_TRY(in.object("id", read_booking_id));
    application.person = MADO_TRY(id<PersonId>(in, "person", kPersonIdMax));
    const auto dose = MADO_TRY(in.integer("dose", 1, kDoseMax));
    application.dose = static_cast<int>(dose);
    application.choices = MADO_TRY(in.list("choices", kChoicesMax, read_choice));
    if (!are_choices(application.choices)) {
        return fail(in.wrong("choices", "not one to three different slots"));
    }
    application.declared = MADO_TRY(read_declared(in));
    const std::string state = MADO_TRY(in.word("state", 20));
    const auto* const named = std::ranges::find(
        kApplicationStates, state, [](ApplicationState one) { return std::string(name_of(one)); });
    if (named == kApplicationStates.end()) {
        return fail(in.wrong("state", "no state of an application"));
    }
    application.state = *named;
    return application;
}

Result<MunicipalityCode, WireError> municipality(const JsonObject& in, std::string_view name) {
    const auto digits = MADO_TRY(in.text(name, 6));
    const auto code = MunicipalityCode::parse(digits);
    if (!code) return fail(in.wrong(name, "no municipality code"));
    return *code;
}

Result<VaccineCode, WireError> vaccine_code(const JsonObject& in, std::string_view name) {
    const auto letters = MADO_TRY(in.text(name, 20));
    const auto code = VaccineCode::parse(letters);
    if (!code) return fail(in.wrong(name, "no vaccine code"));
    return *code;
}

Result<Date, WireError> date(const JsonObject& in, std::string_view name) {
    const auto written = MADO_TRY(in.text(name, 10));
    const auto day = parse_date(written);
    if (!day) return fail(in.wrong(name, "no date"));
    return *day;
}

Result<Instant, WireError> instant(const JsonObject& in, std::string_view name) {
    const auto since_1970 = MADO_TRY(in.integer(name, 0, kLastInstantMs));
    return Instant(Milliseconds(since_1970));
}

void write_instant(JsonWriter& out, std::string_view name, Instant instant) {
    out.name(name).integer(instant.time_since_epoch().count());
}

}  // namespace mado::sync
