#include "kiosk/screens/words.h"

#include "kiosk/screens/languages.h"
#include "kiosk/texts/keys.h"

#include <algorithm>

namespace mado::kiosk {

std::string year_text(const BirthEntry& entry, const Texts& texts) {
    const std::string year = std::to_string(entry.year);
    if (!entry.era) return texts.say("birth.western_year"_t, {{"year", year}});
    const std::string era = texts.say(key_of(entry.era));
    const std::string western = std::to_string(western_year(*entry.era, entry.year));
    if (entry.year == 1) {
        return texts.say("birth.first_year"_t, {{"era", era}, {"western", western}});
    }
    return texts.say("birth.era_year"_t, {{"era", era}, {"year", year}, {"western", western}});
}

std::string month_and_day(const BirthEntry& entry, const Texts& texts) {
    const auto month = std::chrono::month(static_cast<unsigned>(entry.month));
    return texts.say("birth.month_and_day"_t,
                     {{"month", texts.month_name(month)}, {"day", std::to_string(entry.day)}});
}

std::string date_text(const BirthEntry& entry, const Texts& texts) {
    return texts.say("birth.date"_t, {{"year", year_text(entry, texts)},
                                      {"month_and_day", month_and_day(entry, texts)}});
}

std::string ticket_line(const Ticket& ticket, const Texts& texts) {
    return texts.say("ticket.line"_t, {{"number", ticket.number.masked()}});
}

const std::string& venue_name(const Venue& venue, const Texts& texts) {
    return texts.name(venue.name, venue.name_en);
}

std::string vaccine_name(const VaccineCode& code, const VaccineTable& table, const Texts& texts) {
    const auto found = table.find(code);
    if (found == table.end()) return code.text();
    return texts.name(found->second.name_ja, found->second.name_en);
}

std::string without_brand(const std::string& vaccine) {
    return vaccine.substr(0, std::min(vaccine.find("（"), vaccine.find(" (")));
}

std::string dose_text(int dose, const Texts& texts) {
    return texts.say("dose.number"_t, {{"dose", std::to_string(dose)}});
}

std::vector<ui::Fact> facts_of(const Slot& slot, const Venue& venue, const std::string& vaccine,
                               int dose, Detail detail, const Texts& texts) {
    std::vector<ui::Fact> facts = {
        {"", texts.day(slot.date), true},
        {"", texts.time(slot.starts), true},
        {texts.say("fact.venue"_t), venue_name(venue, texts)},
    };
    if (detail != Detail::Usual) facts.push_back({texts.say("fact.address"_t), venue.address});
    if (detail == Detail::Least) return facts;
    facts.push_back({texts.say("fact.dose"_t), dose_text(dose, texts)});
    facts.push_back({texts.say("fact.vaccine"_t), vaccine});
    return facts;
}

void paint_booking(const Slip& slip, Detail detail, const Texts& texts) {
    const std::string& vaccine = texts.name(slip.vaccine.name_ja, slip.vaccine.name_en);
    const ui::Beside beside;
    ui::facts(facts_of(slip.slot, slip.venue, vaccine, slip.booking.dose, detail, texts));
}

void paint_instead_of(const Applicant& applicant, const Texts& texts) {
    if (!applicant.instead_of) return;
    const Slot& slot = applicant.instead_of->slot;
    ui::aside(texts.say("change.before"_t,
                        {{"day", texts.day(slot.date)}, {"time", texts.time(slot.starts)}}));
}

void paint_slip(const Slip& slip, Detail detail, const Texts& texts) {
    paint_booking(slip, detail, texts);
    const std::string& telephone = slip.town.telephone;
    ui::aside(slip.change_until
                  ? texts.say("booking.change_until"_t,
                              {{"day", texts.day(*slip.change_until)}, {"telephone", telephone}})
                  : texts.say("booking.change_late"_t, {{"telephone", telephone}}));
}

namespace {

void paint_number_to_copy(const BookingId& id, const View& view) {
    const Texts& texts = view.texts;
    const bool has_printer = view.kiosk.settings.has_printer;
    if (has_printer) ui::notice(printer_text(view), ui::Mood::Bad);
    ui::notice(texts.say("slip.no_printer"_t), ui::Mood::Plain);
    ui::number_to_copy(id.short_number());
}

}  // namespace

std::string printer_text(const View& view) {
    return view.texts.say(key_of(view.kiosk.printer_trouble.value_or(PrinterTrouble::Other)));
}

void paint_which_choice(const Choice& choice, const Texts& texts) {
    if (!choice.applying) return;
    const std::string number = std::to_string(choice.applying->size() + 1);
    ui::aside(texts.say("apply.choosing"_t, {{"number", number}}));
}

void paint_choices(const std::vector<ChosenPlace>& places, const Texts& texts) {
    std::vector<ui::Fact> facts;
    for (const ChosenPlace& place : places) {
        const std::string when = texts.say(
            "offer.when"_t,
            {{"day", texts.day(place.slot.date)}, {"time", texts.time(place.slot.starts)}});
        facts.push_back({texts.say("apply.choice"_t, {{"number", std::to_string(place.rank)}}),
                         when + " " + venue_name(place.venue, texts)});
    }
    if (facts.empty()) return;
    const ui::Beside beside;
    ui::facts(facts);
}

std::optional<Event> paint_receipt_printing(SlipState printing, const Receipt& receipt,
                                            const View& view) {
    const Texts& texts = view.texts;
    const bool has_printer = view.kiosk.settings.has_printer;
    if (is_number_copied(printing, view)) paint_number_to_copy(receipt.application.id, view);
    switch (printing) {
        case SlipState::Printing:
            ui::call(texts.say("applied.printing"_t), ui::Mood::Plain);
            return {};
        case SlipState::Printed:
            ui::call(texts.say("applied.take"_t), ui::Mood::Good);
            return {};
        case SlipState::NotAsked:
        case SlipState::Failed:
            break;
    }
    const bool failed = printing == SlipState::Failed;
    const std::string label =
        failed ? texts.say("slip.print_again"_t) : texts.say("applied.print"_t);
    if (has_printer && ui::button("print", label, ui::Look::Secondary)) return PrintTouched{};
    return {};
}

std::string notice_text(const std::optional<OfferNotice>& notice, const Texts& texts) {
    return notice ? texts.say(key_of(*notice)) : std::string();
}

bool is_number_copied(SlipState printing, const View& view) {
    const bool never_printed = printing == SlipState::NotAsked && !view.kiosk.settings.has_printer;
    return printing == SlipState::Failed || never_printed;
}

std::optional<Event> paint_printing(SlipState printing, const BookingId& booking,
                                    const std::string& offer, const View& view) {
    const Texts& texts = view.texts;
    if (is_number_copied(printing, view)) {
        const bool has_printer = view.kiosk.settings.has_printer;
        paint_number_to_copy(booking, view);
        if (has_printer &&
            ui::button("print", texts.say("slip.print_again"_t), ui::Look::Secondary)) {
            return PrintTouched{};
        }
        return {};
    }
    switch (printing) {
        case SlipState::NotAsked:
            if (ui::button("print", offer, ui::Look::Primary)) return PrintTouched{};
            return {};
        case SlipState::Printing:
            ui::call(texts.say("slip.printing"_t), ui::Mood::Plain);
            return {};
        case SlipState::Printed:
            ui::call(texts.say("slip.take"_t), ui::Mood::Good);
            return {};
        case SlipState::Failed:
            return {};  // its number is copied
    }
    return {};
}

std::string opening_text(Instant opening, const Texts& texts) {
    return texts.say("no_place.opening"_t, {{"day", texts.day(date_in_japan(opening))},
                                            {"time", texts.time(time_in_japan(opening))}});
}

std::optional<Event> paint_memo_printing(SlipState printing, const View& view) {
    const Texts& texts = view.texts;
    if (!may_print_memo(view.kiosk)) return {};
    switch (printing) {
        case SlipState::NotAsked:
            if (ui::button("print", texts.say("memo.print"_t), ui::Look::Secondary)) {
                return PrintTouched{};
            }
            return {};
        case SlipState::Printing:
            ui::call(texts.say("memo.printing"_t), ui::Mood::Plain);
            return {};
        case SlipState::Printed:
            ui::call(texts.say("memo.take"_t), ui::Mood::Good);
            return {};
        case SlipState::Failed:
            ui::notice(printer_text(view), ui::Mood::Bad);
            if (ui::button("print", texts.say("slip.print_again"_t), ui::Look::Secondary)) {
                return PrintTouched{};
            }
            return {};
    }
    return {};
}

std::optional<Event> paint_pages(Page page, const Texts& texts) {
    if (page.count <= 1) return {};
    const std::string number = std::to_string(page.index + 1);
    const std::string count = std::to_string(page.count);
    const auto turn = ui::turner(texts.say("page.number"_t, {{"page", number}, {"count", count}}),
                                 page.index > 0, texts.say("page.earlier"_t),
                                 page.index + 1 < page.count, texts.say("page.later"_t));
    if (!turn) return {};
    return *turn == ui::Turn::Earlier ? Event(EarlierTouched{}) : Event(LaterTouched{});
}

void paint_telephone(const View& view) {
    if (!view.kiosk.town || view.kiosk.town->telephone.empty()) return;
    ui::space(14);
    ui::centred(ui::Type::Body, view.texts.say("telephone.label"_t));
    ui::space(2);
    ui::centred(ui::Type::Title, view.kiosk.town->telephone);
}

std::string staff_text(const Kiosk& kiosk, const Texts& texts) {
    const auto pile = [&](TextKey key, std::size_t count, std::optional<Instant> since) {
        const Instant oldest = since.value_or(Instant());
        return texts.say(key, {{"count", std::to_string(count)},
                               {"day", texts.day(date_in_japan(oldest))},
                               {"time", texts.time_short(time_in_japan(oldest))}});
    };
    const Backlog& backlog = kiosk.backlog;
    if (kiosk.clock_wrong) return texts.say("staff.clock_wrong"_t);
    if (backlog.aside > 0) return pile("staff.kept_aside"_t, backlog.aside, backlog.aside_since);
    if (backlog.unanswered == 0) return {};
    return pile("staff.unsent"_t, backlog.unanswered, backlog.unanswered_since);
}

std::optional<Event> paint_languages(ui::TileRows rows) {
    std::vector<ui::Tile> names;
    for (const Language language : kLanguages) {
        names.push_back(
            {std::string("language/") + code_of(language), own_name_of(language), "", {}});
    }
    rows.last_fills_row = true;
    const auto touched = ui::tiles(names, rows);
    if (touched) return LanguageTouched{kLanguages.at(*touched)};
    return {};
}

void paint_waiting(const std::string& title, const std::string& detail) {
    ui::spring();
    ui::emblem(ui::Sign::Wait, ui::Mood::Plain, 80);
    ui::space(16);
    ui::centred(ui::Type::Title, title);
    ui::centred(ui::Type::Body, detail);
    ui::spring();
}

}  // namespace mado::kiosk
