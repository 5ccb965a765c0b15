// What the touchable things say, by the names that the screens give them.

#include "kiosk/texts/keys.h"
#include "kiosk/texts/telling.h"
#include "shared/base/text.h"

#include <algorithm>
#include <utility>

namespace mado::kiosk {

namespace {

template <class... Some>
bool is_any(const Screen& screen) {
    return (std::holds_alternative<Some>(screen) || ...);
}

// "yes" and its like mean something else on each screen.
std::optional<TextKey> answer_key(const Screen& screen, bool yes) {
    if (is_any<ConfirmingBirth>(screen)) return yes ? "confirm_birth.yes"_t : "confirm_birth.no"_t;
    if (is_any<AskingCancel>(screen)) return yes ? "cancel.yes"_t : "cancel.no"_t;
    if (is_any<AskingWithdrawal>(screen)) return yes ? "withdraw.yes"_t : "withdraw.no"_t;
    if (is_any<Applying>(screen) && yes) return "apply.send"_t;
    const auto* const booking = std::get_if<ConfirmingBooking>(&screen);
    if (booking == nullptr) return {};
    if (!yes) return "confirm_booking.no"_t;
    const bool changes = booking->choice.applicant.instead_of.has_value();
    return changes ? "confirm_change.yes"_t : "confirm_booking.yes"_t;
}

TextKey print_key(const Screen& screen) {
    const auto* const no_place = std::get_if<NoPlace>(&screen);
    if (no_place != nullptr && no_place->printing == SlipState::NotAsked) return "memo.print"_t;
    const auto* const applied = std::get_if<ShowingApplication>(&screen);
    if (applied != nullptr && applied->printing != SlipState::Failed) return "applied.print"_t;
    const auto* const showing = std::get_if<ShowingBooking>(&screen);
    if (showing == nullptr || showing->printing == SlipState::Failed) return "slip.print_again"_t;
    return showing->slip_owed ? "booking.print_owed"_t : "booking.print_again"_t;
}

TextKey turning_key(const Screen& screen, bool earlier) {
    if (is_any<ChoosingDay>(screen)) {
        return earlier ? "choose_day.earlier"_t : "choose_day.later"_t;
    }
    return earlier ? "page.earlier"_t : "page.later"_t;
}

std::optional<TextKey> fixed_key(const Screen& screen, std::string_view target) {
    if (target == "yes" || target == "no") return answer_key(screen, target == "yes");
    if (target == "print") return print_key(screen);
    if (target == "earlier" || target == "later") return turning_key(screen, target == "earlier");
    if (target == "next" && is_any<ShowingApplication>(screen)) return "applied.book_now"_t;
    if (target == "next") return is_any<TakingMemo>(screen) ? "memo.book_now"_t : "interval.next"_t;
    if (target == "apply") {
        return is_any<ChoosingVenue>(screen) ? "apply.none_suits"_t : "apply.begin"_t;
    }
    if (target == "again" && is_any<NotMatched>(screen)) return "not_matched.birth_again"_t;
    if (target == "scan_instead" && is_any<NotMatched>(screen)) {
        return "not_matched.ticket_again"_t;
    }
    static const std::map<std::string_view, TextKey> others = {
        {"repeat", "voice.repeat"_t},
        {"start", "welcome.start"_t},
        {"type_number", "scan.type_number"_t},
        {"scan_instead", "typing.scan_instead"_t},
        {"erase", "key.erase"_t},
        {"enter", "key.enter"_t},
        {"again", "impossible.again"_t},
        {"other", "suggest.other"_t},
        {"memo", "suggest.memo"_t},
        {"change", "booking.change"_t},
        {"cancel", "booking.cancel"_t},
        {"add", "apply.add"_t},
        {"withdraw", "applied.withdraw"_t},
        {"continue", "idle.continue"_t},
        {"back", "foot.back"_t},
        {"finish", "foot.finish"_t},
        {"staff", "foot.staff"_t},
        {"language", "language.title"_t},
        {"comfort", "header.comfort"_t},
        {"part/up", "part.up"_t},
        {"part/down", "part.down"_t},
        {"size/normal", key_of(TextSize::Normal)},
        {"size/large", key_of(TextSize::Large)},
        {"size/larger", key_of(TextSize::Larger)},
        {"size/largest", key_of(TextSize::Largest)},
        {"theme/standard", key_of(Theme::Standard)},
        {"theme/high_contrast", key_of(Theme::HighContrast)},
    };
    const auto found = others.find(target);
    if (found == others.end()) return {};
    return found->second;
}

// Closes what lies over the screen.
TextKey return_key(const Kiosk& kiosk) {
    return kiosk.visit.is_choosing() ? "foot.back"_t : "staff.return"_t;
}

// Of a calendar's or an offer's name, what stands behind the '/'.
std::string offer_label(const Kiosk& kiosk, std::string_view id, const Readings& readings) {
    const auto is_it = [&](const Offer& offer) { return offer.slot.id.text() == id; };
    if (const auto* const screen = std::get_if<Suggesting>(&kiosk.screen)) {
        const auto found = std::ranges::find_if(screen->offers, is_it);
        if (found == screen->offers.end()) return {};
        return spoken_offer(*found, screen->choice.list, readings);
    }
    const auto* const screen = std::get_if<ChoosingTime>(&kiosk.screen);
    if (screen == nullptr) return {};
    const auto found = std::ranges::find_if(screen->times, is_it);
    return found == screen->times.end() ? std::string() : readings.time(found->slot.starts);
}

// Which of the choices is removed.
std::string removing_label(const Kiosk& kiosk, std::string_view id, const Readings& readings) {
    const auto* const screen = std::get_if<Applying>(&kiosk.screen);
    if (screen == nullptr) return {};
    const std::vector<Offer>& chosen = *screen->choice.applying;
    const auto found = std::ranges::find_if(
        chosen, [&](const Offer& offer) { return offer.slot.id.text() == id; });
    if (found == chosen.end()) return {};
    const auto rank = static_cast<int>(found - chosen.begin()) + 1;
    return readings.say("apply.remove"_t, {{"number", readings.number(rank, Counted::Plain)}});
}

TextKey mark_key(DayMark mark) {
    switch (mark) {
        case DayMark::Many:
            return "choose_day.many"_t;
        case DayMark::Few:
            return "choose_day.few"_t;
        case DayMark::None:
        case DayMark::Closed:
            break;
    }
    return "choose_day.none"_t;
}

std::string date_label(const Kiosk& kiosk, std::string_view date, const Readings& readings) {
    const auto* const screen = std::get_if<ChoosingDay>(&kiosk.screen);
    if (screen == nullptr) return {};
    const auto found = std::ranges::find_if(
        screen->days, [&](const DayOffer& day) { return to_text(day.date) == date; });
    if (found == screen->days.end()) return {};
    if (screen->choice.applying) return readings.day(found->date);
    return readings.say("speech.day_with_mark"_t, {{"day", readings.day(found->date)},
                                                   {"mark", readings.say(mark_key(found->mark))}});
}

std::string venue_label(const Kiosk& kiosk, std::string_view id, const Readings& readings) {
    const auto* const screen = std::get_if<ChoosingVenue>(&kiosk.screen);
    const auto number = parse_digits(id);
    if (screen == nullptr || !number) return {};
    return spoken_venue_offer(*screen, VenueId(*number), readings);
}

std::optional<TextKey> era_label(std::string_view name) {
    static const std::map<std::string_view, std::optional<Era>> eras = {
        {"meiji", Era::Meiji},   {"taisho", Era::Taisho}, {"showa", Era::Showa},
        {"heisei", Era::Heisei}, {"reiwa", Era::Reiwa},   {"western", std::nullopt}};
    const auto found = eras.find(name);
    if (found == eras.end()) return {};
    return key_of(found->second);
}

// The parts of a ticket number and a birth date, and whether one is ill: pointing at them gives
// away what will be touched.
bool label_personal(std::string_view kind, std::string_view value, Telling& telling) {
    const Readings& readings = telling.readings();
    if (kind == "era") {
        const auto key = era_label(value);
        if (key) telling.whisper(*key);
        return key.has_value();
    }
    if (kind == "declare") {
        const auto* const item = std::ranges::find(
            kDeclared, value, [](Declared one) { return std::string_view(name_of(one)); });
        if (item == kDeclared.end()) return false;
        telling.whisper(key_of(*item));
        return true;
    }
    const auto number = parse_digits(value);
    constexpr int kDaysMax = 31;
    constexpr int kMonthsMax = 12;
    if (kind == "digit" && value.size() == 1 && number) {
        telling.whisper_as_read(readings.digits(value));
    } else if (kind == "month" && number && *number >= 1 && *number <= kMonthsMax) {
        telling.whisper_as_read(
            readings.month_name(std::chrono::month(static_cast<unsigned>(*number))));
    } else if (kind == "day" && number && *number >= 1 && *number <= kDaysMax) {
        telling.whisper_as_read(readings.number(static_cast<int>(*number), Counted::DayOfMonth));
    } else {
        return false;
    }
    return true;
}

void label_public(const Kiosk& kiosk, std::string_view target, const ReadingsTable& all,
                  Telling& telling) {
    const auto slash = target.find('/');
    const std::string_view kind = target.substr(0, slash);
    const std::string_view value = target.substr(slash + 1);
    const Readings& readings = telling.readings();
    if (kind == "part" || kind == "size" || kind == "theme") {
        if (const auto key = fixed_key(kiosk.screen, target)) telling.say(*key);
    }
    if (kind == "offer") telling.say_as_read(offer_label(kiosk, value, readings));
    if (kind == "remove") telling.say_as_read(removing_label(kiosk, value, readings));
    if (kind == "date") telling.say_as_read(date_label(kiosk, value, readings));
    if (kind == "venue") telling.say_as_read(venue_label(kiosk, value, readings));
    if (kind != "language") return;
    for (const auto& [language, own] : all) {
        if (own.language() == value) telling.say_own_name(language);
    }
}

void label_fixed(const Kiosk& kiosk, std::string_view target, Telling& telling) {
    if (target == "return") return telling.say(return_key(kiosk));
    if (target == "voice") return telling.say(voice_key(speaks(kiosk)));
    if (target == "screen") return telling.say(screen_key(kiosk.visit.comfort.screen));
    if (target == "pace") return telling.say(pace_key(kiosk.visit.hearing.pace));
    if (target == "volume") return telling.say(volume_key(kiosk.visit.hearing.volume));
    const auto* const declaring = std::get_if<Declaring>(&kiosk.screen);
    if (declaring != nullptr && target == "next") {
        const bool none = declaring->declared.reveal().empty();
        return telling.whisper(none ? "declare.none"_t : "declare.next"_t);
    }
    const auto key =
        target == "first_year" ? std::optional("year.first"_t) : fixed_key(kiosk.screen, target);
    if (!key) return;
    if (target == "first_year") return telling.whisper(*key);
    telling.say(*key);
}

}  // namespace

std::optional<Sentence> label_of(const Kiosk& kiosk, std::string_view target,
                                 const ReadingsTable& readings) {
    Telling telling(kiosk, readings);
    const auto slash = target.find('/');
    if (slash == std::string_view::npos) {
        label_fixed(kiosk, target, telling);
    } else {
        const std::string_view kind = target.substr(0, slash);
        const std::string_view value = target.substr(slash + 1);
        if (!label_personal(kind, value, telling)) {
            label_public(kiosk, target, readings, telling);
        }
    }
    auto sentences = telling.take();
    if (sentences.empty()) return {};
    return std::move(sentences.front());
}

}  // namespace mado::kiosk
