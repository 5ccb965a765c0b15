#include "sync/server/records/export.h"

#include "sync/server/records/csv.h"

#include <map>

namespace mado::server {

namespace {

constexpr int kYearsAhead = 100;

std::string ledger_text(const BirthDate& date) {
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(date.year()) + "-" + two(date.month()) + "-" + two(date.day());
}

std::string dose_date(const Person& person, int number) {
    const auto dose = person.doses.find(number);
    return dose == person.doses.end() ? "" : to_text(dose->second.date);
}

// The ledger's name where the table has one; what is not known stays empty.
std::string vaccine_name(const std::map<VaccineCode, std::string>& names, const VaccineCode& code) {
    if (code == unknown_vaccine()) return "";
    const auto found = names.find(code);
    return found == names.end() ? code.text() : found->second;
}

Result<std::map<VaccineCode, std::string>, IoError> vaccine_names(Reads& reads) {
    std::map<VaccineCode, std::string> names;
    for (const Vaccine& vaccine : MADO_TRY(reads.vaccines())) {
        names.emplace(vaccine.code, vaccine.ledger_name);
    }
    return names;
}

Result<std::vector<Slot>, IoError> all_slots(Reads& reads) {
    return reads.slots(Date{}, Date{} + std::chrono::days(366 * kYearsAhead));
}

std::string state_text(BookingState state) {
    switch (state) {
        case BookingState::Live:
            return "live";
        case BookingState::Doubled:
            return "doubled";
        case BookingState::ToMove:
            return "to-move";
        case BookingState::Cancelled:
            return "cancelled";
    }
    return "";
}

std::string slip_text(SlipState state) {
    switch (state) {
        case SlipState::Unknown:
            return "";
        case SlipState::Failed:
            return "failed";
        case SlipState::Printed:
            return "printed";
    }
    return "";
}

Result<std::string, IoError> residents(Reads& reads) {
    const auto names = MADO_TRY(vaccine_names(reads));
    std::string out = write_csv_line({"接種券番号", "姓", "名", "生年月日", "無効フラグ",
                                      "2回目接種日", "自治体コード", "1回目接種日", "ワクチン種"});
    const auto take = [&](const Person& person) -> Result<void, IoError> {
        const auto dose = person.doses.begin();
        const std::string vaccine =
            dose == person.doses.end() ? "" : vaccine_name(names, dose->second.vaccine);
        for (const IssuedTicket& issued : person.tickets) {
            const Ticket& ticket = issued.ticket.reveal();
            out += write_csv_line({ticket.number.digits(), "", "",
                                   ledger_text(person.birth_date.reveal()),
                                   issued.valid ? "FALSE" : "TRUE", dose_date(person, 2),
                                   ticket.municipality.digits(), dose_date(person, 1), vaccine});
        }
        return {};
    };
    MADO_TRY(reads.people(take));
    return out;
}

Result<std::string, IoError> results(Reads& reads) {
    const auto names = MADO_TRY(vaccine_names(reads));
    std::string out = write_csv_line({"接種券ID", "接種自治体名", "接種日", "ワクチン種",
                                      "接種回数", "ロット番号", "自治体コード"});
    const auto take = [&](const Person& person) -> Result<void, IoError> {
        if (person.tickets.empty()) return {};
        const Ticket& ticket = person.tickets.back().ticket.reveal();
        for (const auto& [number, dose] : person.doses) {
            out += write_csv_line({ticket.number.digits(), dose.place, to_text(dose.date),
                                   vaccine_name(names, dose.vaccine), std::to_string(number),
                                   dose.lot, ticket.municipality.digits()});
        }
        return {};
    };
    MADO_TRY(reads.people(take));
    return out;
}

Result<std::string, IoError> venues(Reads& reads) {
    std::string out =
        write_csv_line({"id", "name", "name_en", "address", "telephone", "vaccine", "name_kana"});
    for (const auto& [venue, vaccine] : MADO_TRY(reads.venues())) {
        out += write_csv_line({venue.id.text(), venue.name, venue.name_en, venue.address,
                               venue.telephone, vaccine.text(), venue.name_kana});
    }
    return out;
}

Result<std::string, IoError> slots(Reads& reads) {
    std::string out = write_csv_line(
        {"venue", "date", "from", "minutes", "vaccine", "target", "booked", "held", "free"});
    for (const Slot& slot : MADO_TRY(all_slots(reads))) {
        out += write_csv_line({slot.venue.text(), to_text(slot.date), to_text(slot.starts),
                               std::to_string(slot.length.count()), slot.vaccine.text(),
                               std::to_string(slot.seats.target), std::to_string(slot.seats.booked),
                               std::to_string(slot.seats.held), std::to_string(slot.seats.free())});
    }
    return out;
}

Result<std::map<PersonId, Ticket>, IoError> ticket_of_each(Reads& reads) {
    std::map<PersonId, Ticket> found;
    const auto take = [&](const Person& person) -> Result<void, IoError> {
        if (!person.tickets.empty()) {
            found.emplace(person.id, person.tickets.back().ticket.reveal());
        }
        return {};
    };
    MADO_TRY(reads.people(take));
    return found;
}

Result<std::string, IoError> bookings(Reads& reads) {
    std::map<SlotId, Slot> slots_by_id;
    for (const Slot& slot : MADO_TRY(all_slots(reads)))
        slots_by_id.emplace(slot.id, slot);
    const auto tickets = MADO_TRY(ticket_of_each(reads));
    std::string out =
        write_csv_line({"number", "venue", "date", "from", "dose", "vaccine", "ticket",
                        "municipality", "state", "slip", "help", "channel"});
    for (const auto& [booking, slip, channel] : MADO_TRY(reads.bookings())) {
        const Slot& slot = slots_by_id.at(booking.slot);
        const auto ticket = tickets.find(booking.person);
        const bool known = ticket != tickets.end();
        out += write_csv_line({booking.id.short_number(), slot.venue.text(), to_text(slot.date),
                               to_text(slot.starts), std::to_string(booking.dose),
                               slot.vaccine.text(), known ? ticket->second.number.digits() : "",
                               known ? ticket->second.municipality.digits() : "",
                               state_text(booking.state), slip_text(slip),
                               help_text(booking.declared), std::string(name_of(channel))});
    }
    return out;
}

// "2021-07-12 09:30 venue 1"; the slot's number alone where there is none.
std::string choice_text(const Application& application, std::size_t index,
                        const std::map<SlotId, Slot>& slots) {
    if (index >= application.choices.size()) return "";
    const auto slot = slots.find(application.choices[index]);
    if (slot == slots.end()) return "slot " + application.choices[index].text();
    return to_text(slot->second.date) + " " + to_text(slot->second.starts) + " venue " +
           slot->second.venue.text();
}

Result<std::string, IoError> applications(Reads& reads) {
    std::map<SlotId, Slot> slots_by_id;
    for (const Slot& slot : MADO_TRY(all_slots(reads)))
        slots_by_id.emplace(slot.id, slot);
    const auto tickets = MADO_TRY(ticket_of_each(reads));
    std::string out =
        write_csv_line({"number", "received", "state", "dose", "choice_1", "choice_2", "choice_3",
                        "ticket", "municipality", "booking", "by", "help"});
    for (const ApplicationEntry& entry : MADO_TRY(reads.applications(false))) {
        const Application& application = entry.application;
        const auto ticket = tickets.find(application.person);
        const bool known = ticket != tickets.end();
        out += write_csv_line(
            {application.id.short_number(), to_text(entry.received),
             std::string(name_of(application.state)), std::to_string(application.dose),
             choice_text(application, 0, slots_by_id), choice_text(application, 1, slots_by_id),
             choice_text(application, 2, slots_by_id), known ? ticket->second.number.digits() : "",
             known ? ticket->second.municipality.digits() : "",
             entry.placed ? entry.placed->short_number() : "", entry.by,
             help_text(application.declared)});
    }
    return out;
}

Result<std::string, IoError> worklist(Reads& reads) {
    std::string out = write_csv_line({"since", "reason", "booking", "device", "slot", "open"});
    for (const WorklistEntry& entry : MADO_TRY(reads.worklist(false))) {
        out += write_csv_line({to_text(entry.since), entry.reason,
                               entry.booking ? entry.booking->short_number() : "",
                               entry.device ? entry.device->text() : "",
                               entry.slot ? entry.slot->text() : "", entry.open() ? "yes" : "no"});
    }
    return out;
}

Result<std::string, IoError> text_of(Reads& reads, ExportKind kind) {
    switch (kind) {
        case ExportKind::Residents:
            return residents(reads);
        case ExportKind::Results:
            return results(reads);
        case ExportKind::Venues:
            return venues(reads);
        case ExportKind::Slots:
            return slots(reads);
        case ExportKind::Bookings:
            return bookings(reads);
        case ExportKind::Applications:
            return applications(reads);
        case ExportKind::Worklist:
            return worklist(reads);
    }
    return fail(IoError{IoError::Kind::Refused, "export: no such list"});
}

}  // namespace

std::string help_text(const Declaration& declared) {
    std::string text;
    for (const Declared help : kHelp) {
        if (!declared.has(help)) continue;
        if (!text.empty()) text += ' ';
        text += name_of(help);
    }
    return text;
}

Result<std::string, IoError> export_file(Reads& reads, ExportKind kind, Encoding encoding) {
    const std::string text = MADO_TRY(text_of(reads, kind));
    auto encoded = encode_text(text, encoding);
    if (!encoded) {
        return fail(IoError{IoError::Kind::Refused, "export: a letter has no place in CP932"});
    }
    return std::move(*encoded);
}

}  // namespace mado::server
