// The paper that says that a dose was given, signed: what a reception desk prints once there is
// one.

#include "sync/protocol/dose_record.h"

#include "shared/domain/dose_paper.h"
#include "shared/domain/eligibility.h"
#include "shared/platform/clock.h"
#include "shared/platform/files.h"
#include "shared/slip/slip_pdf.h"
#include "shared/texts/texts.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/share.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <algorithm>
#include <iostream>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace mado::server {

namespace {

// What was wrong with what the person who calls gave, or with the world, as a sentence.
template <class Value>
using Fetched = Result<Value, std::string>;

template <class Value>
Fetched<Value> fetched(Result<Value, IoError> result) {
    if (!result.ok()) return fail(result.error().what);
    return std::move(result).value();
}

// One line: the ten digits, or all eighteen of the sticker.
Fetched<Ticket> read_ticket(const Town& town, const std::filesystem::path& share) {
    constexpr std::size_t kNumberDigits = 10;
    std::string line;
    std::getline(std::cin, line);
    TicketRules rules{MADO_TRY(fetched(read_municipalities(share))), town.municipality,
                      town.service_area, ""};
    rules.service_area.insert(town.municipality);
    const auto digits = std::ranges::count_if(line, [](char c) { return c >= '0' && c <= '9'; });
    const bool is_bare = static_cast<std::size_t>(digits) == kNumberDigits;
    const auto format = is_bare ? CodeFormat::Typed : CodeFormat::OcrLine;
    auto reading = parse_ticket(format, line, rules);
    if (!reading.ok()) {
        return fail(std::string("stdin holds no ticket of this town: ten digits, or eighteen"));
    }
    return std::move(reading).value().ticket;
}

// As the books have it, or where they do not yet, as the options say.
Fetched<DoseRecord> dose_of(const Person& person, const DoseRecordOptions& options) {
    const auto known = person.doses.find(options.dose);
    if (known != person.doses.end()) {
        return DoseRecord{options.dose, known->second.date, known->second.vaccine};
    }
    const auto date = parse_date(options.date);
    const auto vaccine = VaccineCode::parse(options.vaccine);
    if (!date || !vaccine) {
        return fail(
            std::string("the books do not have this dose: --date (2021-07-05) and --vaccine "
                        "(pfizer) say when and what it was"));
    }
    return DoseRecord{options.dose, *date, *vaccine};
}

// When and where it was booked, with what the options say over it.
Fetched<EarlierDose> time_of(Reads& reads, const Person& person, const DoseRecord& dose,
                             const DoseRecordOptions& options) {
    SlotTable slots;
    for (const Slot& slot : MADO_TRY(fetched(reads.slots(dose.date, dose.date))))
        slots.emplace(slot.id, slot);
    std::vector<Booking> bookings;
    for (const BookingEntry& entry : MADO_TRY(fetched(reads.bookings()))) {
        if (entry.booking.person == person.id) bookings.push_back(entry.booking);
    }
    EarlierDose found = earlier_dose(dose, bookings, slots).value_or(EarlierDose{dose.date});
    if (!options.time.empty()) {
        found.time = parse_time_of_day(options.time);
        if (!found.time) return fail(std::string("--time is no time of day: 09:30"));
    }
    if (options.venue) found.venue = VenueId(*options.venue);
    return found;
}

struct DosePage {
    Town town;
    sync::SignedDose dose;
    Vaccine vaccine;
    std::string venue;  // its name; empty: not known
    std::string code;
};

Fetched<DosePage> make_paper(const TownFolder& folder, const DoseRecordOptions& options) {
    const auto reads = MADO_TRY(fetched(open_sqlite_reads(folder.database())));
    const auto town = MADO_TRY(fetched(reads->town()));
    if (!town) return fail(std::string("the town has no name yet; madoguchi-server init"));
    const Ticket ticket = MADO_TRY(read_ticket(*town, options.share));
    const auto person = MADO_TRY(fetched(reads->person(ticket)));
    if (!person) return fail(std::string("this ticket is on no list of this town"));
    const DoseRecord dose = MADO_TRY(dose_of(*person, options));

    VaccineTable vaccines;
    for (const Vaccine& vaccine : MADO_TRY(fetched(reads->vaccines())))
        vaccines.emplace(vaccine.code, vaccine);
    if (!can_be_believed(dose, vaccines, date_in_japan(SystemClock().now()))) {
        return fail(
            std::string("no kiosk would believe this dose: it is of a day to come, more than two "
                        "years old, or of a vaccine that the town does not have"));
    }
    const EarlierDose when = MADO_TRY(time_of(*reads, *person, dose, options));
    std::string venue;
    for (const VenueEntry& entry : MADO_TRY(fetched(reads->venues()))) {
        if (entry.venue.id == when.venue) venue = entry.venue.name;
    }
    const Authority authority = MADO_TRY(fetched(read_authority(folder)));
    const auto sign = [&](std::span<const std::uint8_t> bytes) {
        return authority.key().sign(bytes);
    };
    const sync::SignedDose said{town->municipality, person->id, dose,
                                when.time,          when.venue, DeviceId(0)};
    const auto signer =
        sync::signer_of_town(town->municipality, authority.key().public_key(), sign);
    const std::string code = write_dose_paper({ticket, sync::write_statement(said, signer)});
    return DosePage{*town, said, vaccines.at(dose.vaccine), venue, code};
}

Script script_of(const std::string& language) {
    if (language == "zh") return Script::Chinese;
    if (language == "ko") return Script::Korean;
    return language == "vi" ? Script::Vietnamese : Script::Japanese;
}

SlipContent content_of(const DosePage& paper, const std::string& language, const Texts& texts) {
    SlipContent content;
    SlipWords& words = content.words;
    words.script = script_of(language);
    words.title = texts.say("record.title"_t);
    words.town = texts.name(paper.town.name, paper.town.name_en);
    words.day = texts.day(paper.dose.dose.date);
    words.time = paper.dose.time ? texts.time(*paper.dose.time) : std::string();
    words.place_label = texts.say("paper.place"_t);
    words.venue = paper.venue;
    words.dose_label = texts.say("paper.dose_label"_t);
    words.dose = texts.say("paper.dose"_t,
                           {{"number", std::to_string(paper.dose.dose.number)},
                            {"vaccine", texts.name(paper.vaccine.name_ja, paper.vaccine.name_en)}});
    words.change_label = texts.say("record.next_label"_t);
    words.change = texts.say("record.next"_t);
    words.bring_title = texts.say("record.keep_title"_t);
    words.bring = {texts.say("record.keep_birth"_t)};
    words.name_label = texts.say("paper.name"_t);
    words.number_hint = texts.say("record.hint"_t);
    content.town_telephone = paper.town.telephone;
    content.code = paper.code;
    return content;
}

Fetched<Bytes> page_of(const DosePage& paper, const DoseRecordOptions& options) {
    const auto texts = MADO_TRY(fetched(Texts::open(options.share / "locale", options.language)));
    return fetched(render_sheet(content_of(paper, options.language, texts), Paper::A4));
}

}  // namespace

int dose_record(const DoseRecordOptions& options, Output output) {
    const auto paper = make_paper(TownFolder{options.folder}, options);
    if (!paper.ok()) return complain(paper.error());
    const auto page = page_of(*paper, options);
    if (!page.ok()) return complain(page.error());
    const std::string pdf(page->begin(), page->end());
    const auto written = write_file(options.out, pdf, Visibility::OwnerOnly);
    if (!written.ok()) return complain(written.error());
    const DoseRecord& dose = paper->dose.dose;
    if (output == Output::Json) {
        say(boost::json::serialize(boost::json::object{{"dose", dose.number},
                                                       {"date", to_text(dose.date)},
                                                       {"vaccine", dose.vaccine.text()},
                                                       {"code", paper->code}}));
        return kDone;
    }
    say(fmt::format("dose {} of {}, {}: {}", dose.number, to_text(dose.date), dose.vaccine.text(),
                    options.out.string()));
    return kDone;
}

}  // namespace mado::server
