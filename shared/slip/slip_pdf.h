#pragma once

// The slip that a person takes home, as a PDF: when, where, which dose, until when it can be
// changed, what to bring, and the signed booking as a QR code.
//
// Made for people of 80: the day and the time stand in digits of more than 10 mm. The words come in
// ready for reading, in the person's language; this room knows how they stand on paper. Nothing is
// ever cut at the paper's edge: where names or addresses are very long, the smaller texts shrink.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/base/script.h"
#include "shared/base/text.h"
#include "shared/domain/slip.h"
#include "shared/slip/paper.h"

#include <string>
#include <vector>

namespace mado {

// What a slip says besides what stands in the Slip itself.
struct SlipWords {
    std::string title;         // 接種のご予約
    std::string town;          // みどり市
    std::string day;           // 7月12日（月）
    std::string time;          // 午前9時30分
    std::string place_label;   // 会場
    std::string venue;         // the venue's name in this language
    std::string dose_label;    // 接種
    std::string dose;          // 1回目　ファイザー（コミナティ）
    std::string change_label;  // 変更・取消
    std::string change;        // 7月10日（土）まで。お電話で
    std::string bring_title;   // お持ちください
    std::vector<std::string> bring;
    std::string name_label;            // お名前, before an empty line
    std::string number_label;          // 予約番号
    std::string number_hint;           // 受付でこのコードをお見せください
    Script script = Script::Japanese;  // that all of it is set in
};

// All that stands on a sheet of this form, be it a slip or not.
struct SlipContent {
    SlipWords words;
    std::string address;  // of the venue; may be empty, as its telephone
    std::string venue_telephone;
    std::string town_telephone;
    std::string number;  // below the code
    std::string code;
};

// Refused where slip.code is too long for a QR code that a desk can read (more than 600 bytes).
// Holds no personal data but the booking itself, which names nobody.
Result<Bytes, IoError> render_slip(const Slip& slip, const SlipWords& words, Paper paper);
// The same sheet with other content.
Result<Bytes, IoError> render_sheet(const SlipContent& content, Paper paper);

}  // namespace mado
