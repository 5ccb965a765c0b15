#pragma once

// What a text is written in: it decides which typefaces a screen and a slip are set in.
//
// One code of Unicode stands for characters that Japan, China and Korea draw differently (直, 骨),
// so a text alone does not say how it is to look.

namespace mado {

enum class Script {
    Japanese,    // also whatever is written in the Latin letters that Japanese typefaces have
    Chinese,     // simplified
    Korean,      // hangul
    Vietnamese,  // Latin letters with two marks (ế), which Japanese typefaces lack
};

}  // namespace mado
