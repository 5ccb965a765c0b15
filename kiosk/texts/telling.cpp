#include "kiosk/texts/telling.h"

#include "kiosk/texts/keys.h"

#include <algorithm>
#include <utility>

namespace mado::kiosk {

void Telling::add(TextKey key, bool fixed,
                  std::variant<std::string, Personal<std::string>> reading) {
    sentences_.push_back(
        {readings_.language(), fixed ? key.name : std::string(), std::move(reading)});
}

void Telling::say(TextKey key, std::initializer_list<Argument> arguments) {
    add(key, arguments.size() == 0, readings_.say(key, arguments));
}

void Telling::whisper(TextKey key, std::initializer_list<Argument> arguments) {
    add(key, arguments.size() == 0, Personal(readings_.say(key, arguments)));
}

void Telling::say_as_read(std::string reading) {
    if (!reading.empty()) add({}, false, std::move(reading));
}

void Telling::whisper_as_read(std::string reading) {
    if (!reading.empty()) add({}, false, Personal(std::move(reading)));
}

void Telling::say_own_name(Language language) {
    const TextKey key = "language.name"_t;
    const Readings& own = all_.at(language);
    sentences_.push_back({own.language(), key.name, own.say(key)});
}

void Telling::offer(std::initializer_list<TextKey> buttons) {
    say("speech.you_can_press"_t);
    for (const TextKey button : buttons)
        say(button);
}

void Telling::point_at_screen() {
    if (!kiosk_.headset) say("speech.on_the_screen"_t);
}

void Telling::printer() {
    say(key_of(kiosk_.printer_trouble.value_or(PrinterTrouble::Other)));
}

void Telling::telephone(TextKey label) {
    if (!kiosk_.town || kiosk_.town->telephone.empty()) return;
    say(label);
    say_as_read(readings_.digits(kiosk_.town->telephone));
}

std::string spoken_time(const Slot& slot, const Readings& readings) {
    return readings.say("offer.when"_t,
                        {{"day", readings.day(slot.date)}, {"time", readings.time(slot.starts)}});
}

std::string spoken_venue(const Venue& venue, const Readings& readings) {
    return readings.name(venue.name_kana, venue.name, venue.name_en);
}

std::string spoken_dose(int dose, const Readings& readings) {
    return readings.say("dose.number"_t, {{"dose", readings.number(dose, Counted::Dose)}});
}

std::string spoken_year(const BirthEntry& entry, const Readings& readings) {
    if (!entry.era) {
        return readings.say("birth.western_year"_t,
                            {{"year", readings.number(entry.year, Counted::WesternYear)}});
    }
    const std::string era = readings.say(key_of(entry.era));
    const std::string western =
        readings.number(western_year(*entry.era, entry.year), Counted::WesternYear);
    if (entry.year == 1) {
        return readings.say("birth.first_year"_t, {{"era", era}, {"western", western}});
    }
    return readings.say("birth.era_year"_t,
                        {{"era", era},
                         {"year", readings.number(entry.year, Counted::EraYear)},
                         {"western", western}});
}

std::string spoken_birth(const BirthEntry& entry, const Readings& readings) {
    const auto month = std::chrono::month(static_cast<unsigned>(entry.month));
    const std::string day = readings.say(
        "birth.month_and_day"_t, {{"month", readings.month_name(month)},
                                  {"day", readings.number(entry.day, Counted::DayOfMonth)}});
    return readings.say("birth.date"_t,
                        {{"year", spoken_year(entry, readings)}, {"month_and_day", day}});
}

std::string spoken_booking_number(const BookingId& booking, const Readings& readings) {
    std::string spoken;
    std::string group;
    const auto end_group = [&] {
        if (!spoken.empty()) spoken += " " + readings.say("speech.dash"_t) + " ";
        spoken += readings.digits(std::exchange(group, ""));
    };
    for (const char letter : booking.short_number()) {
        if (letter == '-') {
            end_group();
        } else {
            group += letter;
        }
    }
    end_group();
    return spoken;
}

std::string spoken_offer(const Offer& offer, const OfferList& list, const Readings& readings) {
    const std::string when = spoken_time(offer.slot, readings);
    const auto venue = list.venues.find(offer.slot.venue);
    if (venue == list.venues.end()) return when;
    const std::string name = spoken_venue(venue->second, readings);
    if (name.empty()) return when;
    return readings.say("speech.offer"_t, {{"when", when}, {"venue", name}});
}

std::string spoken_venue_offer(const ChoosingVenue& screen, VenueId id, const Readings& readings) {
    const auto found = std::ranges::find(screen.venues, id,
                                         [](const VenueOffer& offer) { return offer.venue.id; });
    if (found == screen.venues.end()) return {};
    const std::string day = readings.day(found->first_day);
    const std::string name = spoken_venue(found->venue, readings);
    if (!name.empty()) return readings.say("speech.venue_from"_t, {{"venue", name}, {"day", day}});
    const auto place = static_cast<int>(found - screen.venues.begin()) + 1;
    return readings.say("speech.nameless_venue_from"_t,
                        {{"number", readings.number(place, Counted::Plain)}, {"day", day}});
}

}  // namespace mado::kiosk
