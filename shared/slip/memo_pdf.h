#pragma once

// The memo that a person takes home without a booking, as a PDF: the open days of some venues, or
// when more places open, and where to book; or what the person has applied for. It says large that
// nothing is booked yet.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/base/script.h"
#include "shared/base/text.h"
#include "shared/slip/paper.h"

#include <string>
#include <vector>

namespace mado {

// All that stands on it, ready for reading, in the person's language.
struct MemoWords {
    std::string title;    // 相談メモ
    std::string town;     // みどり市
    std::string warning;  // まだ予約していません
    std::string as_of;    // 7月5日（月）午前9時の空きです
    struct Part {
        std::string heading;            // a venue's name
        std::string detail;             // its address; may be empty
        std::vector<std::string> days;  // that are open, two beside each other
    };
    std::vector<Part> parts;
    std::string telephone_label;  // ご予約のお電話
    std::string telephone;        // may be empty
    std::string how;  // この機械でも予約できます。接種券をお持ちください
    Script script = Script::Japanese;  // that all of it is set in
};

// What does not fit even in the smallest letters is cut short with "…", never at the paper's edge.
// Unavailable where Cairo makes no PDF.
Result<Bytes, IoError> render_memo(const MemoWords& words, Paper paper);

}  // namespace mado
