#include "kiosk/shell/slip_words.h"

#include "kiosk/screens/languages.h"

namespace mado::kiosk {

namespace {

std::string when(Instant instant, TextKey key, const Texts& texts) {
    return texts.say(key, {{"day", texts.day(date_in_japan(instant))},
                           {"time", texts.time(time_in_japan(instant))}});
}

// 7月12日（月）, and a word more where few places are left.
std::string open_day(const DayOffer& day, const Texts& texts) {
    const std::string date = texts.day(day.date);
    return day.mark == DayMark::Few ? texts.say("memo.few"_t, {{"day", date}}) : date;
}

MemoWords::Part part_of(const MemoVenue& open, const Texts& texts) {
    MemoWords::Part part{texts.name(open.venue.name, open.venue.name_en), open.venue.address, {}};
    for (const DayOffer& day : open.days)
        part.days.push_back(open_day(day, texts));
    return part;
}

}  // namespace

SlipWords slip_words(const Slip& slip, Language language, const Texts& texts) {
    const std::string number = std::to_string(slip.booking.dose);
    SlipWords words;
    words.script = script_of(language);
    words.title = texts.say("paper.title"_t);
    words.town = texts.name(slip.town.name, slip.town.name_en);
    words.day = texts.day(slip.slot.date);
    words.time = texts.time(slip.slot.starts);
    words.place_label = texts.say("paper.place"_t);
    words.venue = texts.name(slip.venue.name, slip.venue.name_en);
    words.dose_label = texts.say("paper.dose_label"_t);
    words.dose = texts.say(
        "paper.dose"_t,
        {{"number", number}, {"vaccine", texts.name(slip.vaccine.name_ja, slip.vaccine.name_en)}});
    words.change_label = texts.say("paper.change_label"_t);
    words.change = slip.change_until
                       ? texts.say("paper.change"_t, {{"day", texts.day(*slip.change_until)}})
                       : texts.say("paper.change_late"_t);
    words.bring_title = texts.say("paper.bring"_t);
    words.bring = {texts.say("paper.bring_ticket"_t), texts.say("paper.bring_form"_t),
                   texts.say("paper.bring_identity"_t), texts.say("paper.bring_medicine"_t),
                   texts.say("paper.bring_clothes"_t)};
    words.name_label = texts.say("paper.name"_t);
    words.number_label = texts.say("paper.number"_t);
    words.number_hint = texts.say("paper.show_at_desk"_t);
    return words;
}

MemoWords memo_words(const Memo& memo, Language language, const Texts& texts) {
    MemoWords words;
    words.script = script_of(language);
    words.title = texts.say("memo.paper"_t);
    words.town = texts.name(memo.town.name, memo.town.name_en);
    words.warning = texts.say("memo.not_booked"_t);
    words.as_of =
        when(memo.as_of, memo.venues.empty() ? "memo.none_as_of"_t : "memo.as_of"_t, texts);
    for (const MemoVenue& open : memo.venues)
        words.parts.push_back(part_of(open, texts));
    if (memo.opening) {
        words.parts.push_back({when(*memo.opening, "no_place.opening"_t, texts), "", {}});
    }
    words.telephone_label = texts.say("memo.telephone"_t);
    words.telephone = memo.town.telephone;
    words.how = texts.say("memo.how"_t);
    return words;
}

MemoWords application_words(const Receipt& receipt, Language language, const Texts& texts) {
    MemoWords words;
    words.script = script_of(language);
    words.title = texts.say("applied.paper"_t);
    words.town = texts.name(receipt.town.name, receipt.town.name_en);
    words.warning = texts.say("applied.title"_t);
    words.as_of =
        texts.say("applied.number"_t, {{"number", receipt.application.id.short_number()}});
    for (const ChosenPlace& place : receipt.places) {
        const std::string rank =
            texts.say("apply.choice"_t, {{"number", std::to_string(place.rank)}});
        const std::string when = texts.say(
            "offer.when"_t,
            {{"day", texts.day(place.slot.date)}, {"time", texts.time(place.slot.starts)}});
        words.parts.push_back(
            {rank + "  " + when, texts.name(place.venue.name, place.venue.name_en), {}});
    }
    words.telephone_label = texts.say("memo.telephone"_t);
    words.telephone = receipt.town.telephone;
    words.how = texts.say("applied.next"_t, {{"telephone", receipt.town.telephone}});
    return words;
}

}  // namespace mado::kiosk
