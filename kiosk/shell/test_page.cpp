#include "kiosk/shell/test_page.h"

#include "kiosk/screens/languages.h"

namespace mado::kiosk {
namespace {

// Of a signed slip: sync/protocol/slip_code.h.
constexpr std::size_t kSlipCodeLength = 296;

SlipWords words_of(const TestPage& page, const Texts& texts) {
    SlipWords words;
    words.script = script_of(page.language);
    words.title = texts.say("check.page_title"_t);
    words.town = page.town ? texts.name(page.town->name, page.town->name_en)
                           : texts.say("check.page_no_town"_t);
    words.day = texts.day(date_in_japan(page.now));
    words.time = texts.time(time_in_japan(page.now));
    words.place_label = texts.say("check.page_what"_t);
    words.venue = texts.say("check.page_no_booking"_t);
    words.dose_label = texts.say("check.page_letters"_t);
    words.dose = texts.say("check.page_sample"_t);
    if (page.town) {
        words.change_label = texts.say("check.page_telephone"_t);
        words.change = texts.say("check.page_telephone_of_town"_t);
    }
    words.bring_title = texts.say("check.page_look"_t);
    words.bring = {texts.say("check.page_look_letters"_t), texts.say("check.page_look_edges"_t),
                   texts.say("check.page_look_code"_t), texts.say("check.page_look_clock"_t)};
    words.name_label = texts.say("check.page_signed"_t);
    words.number_label = texts.say("check.page_number"_t);
    words.number_hint = texts.say("check.page_hint"_t);
    return words;
}

}  // namespace

std::string test_page_code() {
    constexpr std::string_view kText = "MADOGUCHI TEST PAGE ";
    std::string code;
    while (code.size() < kSlipCodeLength)
        code += kText;
    code.resize(kSlipCodeLength);
    return code;
}

Result<Document, IoError> render_test_page(const TestPage& page, const Texts& texts) {
    // No event has the number 0, so nobody finds a booking under it.
    const BookingId nobodys{page.device, EventNumber(0)};
    SlipContent content;
    content.words = words_of(page, texts);
    if (page.town) content.town_telephone = page.town->telephone;
    content.number = nobodys.short_number();
    content.code = test_page_code();
    Bytes pdf = MADO_TRY(render_sheet(content, page.paper));
    return Document{"test page", std::move(pdf)};
}

}  // namespace mado::kiosk
