// Rows of the feed: as the server's store keeps them, and as they travel to a device.

#include "sync/protocol/json_reader.h"
#include "sync/protocol/json_writer.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/roster.h"
#include "sync/protocol/wire_values.h"

namespace mado::sync {

namespace {

// A town with its whole service area is the largest row: 1,963 codes.
constexpr JsonLimits kRowLimits = {64 << 10, 4000};
constexpr JsonLimits kPageLimits = {8 << 20, 60 * kChangesMax};

struct RowWriter {
    JsonWriter& out;

    template <class Value>
    void pair(std::string_view kind, const Value& value) const {
        out.name("kind").text(kind);
        out.name(kind);
        write(out, value);
    }

    void operator()(const TownChanged& row) const { pair("town", row.town); }
    void operator()(const VaccineChanged& row) const { pair("vaccine", row.vaccine); }
    void operator()(const VenueChanged& row) const { pair("venue", row.venue); }
    void operator()(const SlotChanged& row) const { pair("slot", row.slot); }
    void operator()(const BookingChanged& row) const { pair("booking", row.booking); }
    void operator()(const ApplicationChanged& row) const { pair("application", row.application); }
    void operator()(const LeaseChanged& row) const {
        out.name("kind").text("lease");
        out.name("device").integer(row.device.number());
        out.name("slot").integer(row.slot.number());
        out.name("granted").integer(row.granted);
        if (row.kept > 0) out.name("kept").integer(row.kept);
    }
    void operator()(const CallChanged& row) const { pair("call", row.call); }
    void operator()(const SettingsChanged& row) const { pair("settings", row); }
    void operator()(const TextChanged& row) const { pair("text", row.text); }
    void operator()(const SealedResident& row) const {
        out.name("kind").text("sealed-resident");
        out.name("locator").bytes(bytes_of(row.locator));
        out.name("sealed").bytes(bytes_of(row.sealed));
    }
    void operator()(const Withheld&) const { out.name("kind").text("withheld"); }
    void operator()(const ResidentChanged& row) const {
        const Ticket& ticket = row.ticket.reveal();
        out.name("kind").text("resident");
        out.name("municipality").text(ticket.municipality.digits());
        out.name("ticket").text(ticket.number.digits());
        out.name("person").integer(row.resident.id.number());
        out.name("birth_date").integer(row.resident.birth_date.reveal().packed());
        out.name("valid").boolean(row.resident.valid);
        if (!row.resident.last_dose) return;
        out.name("last_dose").begin_object();
        out.name("number").integer(row.resident.last_dose->number);
        out.name("date").text(to_text(row.resident.last_dose->date));
        out.name("vaccine").text(row.resident.last_dose->vaccine.text());
        out.end_object();
    }
};

template <class Row>
void write_row(JsonWriter& out, const Row& row) {
    out.begin_object();
    std::visit(RowWriter{out}, row);
    out.end_object();
}

Result<DoseRecord, WireError> read_dose_record(const JsonObject& in) {
    const auto number = MADO_TRY(in.integer("number", 1, kDoseMax));
    const auto day = MADO_TRY(date(in, "date"));
    auto vaccine = MADO_TRY(vaccine_code(in, "vaccine"));
    return DoseRecord{static_cast<int>(number), day, std::move(vaccine)};
}

Result<ResidentChanged, WireError> read_resident_row(const JsonObject& in) {
    auto code = MADO_TRY(municipality(in, "municipality"));
    const auto digits = MADO_TRY(in.text("ticket", 10));
    const auto number = TicketNumber::parse(digits);
    if (!number) return fail(in.wrong("ticket", "no ticket number"));
    const auto person = MADO_TRY(id<PersonId>(in, "person", kPersonIdMax));
    const auto packed = MADO_TRY(in.integer("birth_date", 0, 99999999));
    const auto birth_date = BirthDate::from_packed(static_cast<int>(packed));
    if (!birth_date) return fail(in.wrong("birth_date", "no date"));
    const auto valid = MADO_TRY(in.boolean("valid"));
    std::optional<DoseRecord> last_dose;
    if (in.has("last_dose")) last_dose = MADO_TRY(in.object("last_dose", read_dose_record));
    return ResidentChanged{
        Personal<Ticket>(Ticket{std::move(code), *number}),
        Resident{person, Personal<BirthDate>(*birth_date), std::move(last_dose), valid}};
}

Result<LeaseChanged, WireError> read_lease_row(const JsonObject& in) {
    const auto device = MADO_TRY(id<DeviceId>(in, "device"));
    const auto slot = MADO_TRY(id<SlotId>(in, "slot"));
    const auto granted = MADO_TRY(in.integer("granted", 0, kCountMax));
    LeaseChanged row{device, slot, granted};
    if (in.has("kept")) row.kept = MADO_TRY(in.integer("kept", 0, kCountMax));
    return row;
}

Result<SealedResident, WireError> read_sealed_row(const JsonObject& in) {
    auto locator = MADO_TRY(in.bytes("locator", kLocatorBytes));
    auto sealed = MADO_TRY(in.bytes("sealed", kSealedBytes));
    return SealedResident{std::move(locator), std::move(sealed)};
}

// A row that is one value, in the member that has the kind's name.
template <class Row, class Changed, class Read>
Result<Row, WireError> read_value_row(const JsonObject& in, std::string_view kind, Read read) {
    auto value = MADO_TRY(in.object(kind, read));
    return Changed{std::move(value)};
}

// The kinds that store and wire share.
template <class Row>
Result<Row, WireError> read_shared_row(std::string_view kind, const JsonObject& in) {
    if (kind == "town") return read_value_row<Row, TownChanged>(in, kind, read_town);
    if (kind == "vaccine") return read_value_row<Row, VaccineChanged>(in, kind, read_vaccine);
    if (kind == "venue") return read_value_row<Row, VenueChanged>(in, kind, read_venue);
    if (kind == "slot") return read_value_row<Row, SlotChanged>(in, kind, read_slot);
    if (kind == "booking") return read_value_row<Row, BookingChanged>(in, kind, read_booking);
    if (kind == "application") {
        return read_value_row<Row, ApplicationChanged>(in, kind, read_application);
    }
    if (kind == "lease") return MADO_TRY(read_lease_row(in));
    if (kind == "call") return read_value_row<Row, CallChanged>(in, kind, read_call);
    if (kind == "settings") return MADO_TRY(in.object(kind, read_settings));
    if (kind == "text") return read_value_row<Row, TextChanged>(in, kind, read_town_text);
    return fail(in.wrong("kind", "unknown to this version"));
}

Result<WireChange, WireError> read_wire_row(const JsonObject& in) {
    const auto kind = MADO_TRY(in.word("kind", 40));
    if (kind == "sealed-resident") return MADO_TRY(read_sealed_row(in));
    if (kind == "withheld") return Withheld{};
    return read_shared_row<WireChange>(kind, in);
}

Result<Change, WireError> read_stored_row(const JsonObject& in) {
    const auto kind = MADO_TRY(in.word("kind", 40));
    if (kind == "resident") return MADO_TRY(read_resident_row(in));
    return read_shared_row<Change>(kind, in);
}

Result<ChangesPage, WireError> read_page(const JsonObject& in) {
    ChangesPage page;
    page.after = MADO_TRY(in.object("after", read_position));
    page.upto = MADO_TRY(in.integer("upto", page.after.number, kCountMax));
    page.changes = MADO_TRY(in.list("changes", kChangesMax, read_wire_row));
    const auto rows = static_cast<std::int64_t>(page.changes.size());
    if (page.upto - page.after.number != rows) {
        return fail(in.wrong("changes", "not as many as the page names"));
    }
    page.now = MADO_TRY(instant(in, "now_ms"));
    if (in.has("head")) page.head = MADO_TRY(in.object("head", read_signed_head));
    return page;
}

}  // namespace

std::string to_json(const ChangesPage& message) {
    JsonWriter out;
    out.begin_object();
    out.name("after");
    write(out, message.after);
    out.name("upto").integer(message.upto);
    out.name("changes").begin_list();
    for (const auto& row : message.changes)
        write_row(out, row);
    out.end_list();
    write_instant(out, "now_ms", message.now);
    if (message.head) {
        out.name("head");
        write(out, *message.head);
    }
    return out.end_object().take();
}

Result<ChangesPage, WireError> parse_changes_page(std::string_view json) {
    return read_message(json, kPageLimits, read_page);
}

std::string to_json(const Change& change) {
    JsonWriter out;
    write_row(out, change);
    return out.take();
}

Result<Change, WireError> parse_change(std::string_view json) {
    return read_message(json, kRowLimits, read_stored_row);
}

}  // namespace mado::sync
