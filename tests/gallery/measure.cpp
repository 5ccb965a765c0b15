#include "tests/gallery/measure.h"

#include "shared/ui/theme.h"

#include <algorithm>

#include <fmt/format.h>

namespace mado::tests {
namespace {

using ui::Drawn;
using ui::DrawnText;
using ui::Rect;
using ui::Target;

// Rounding to whole pixels.
constexpr float kSlack = 1.5F;

bool overlap(const Rect& a, const Rect& b) {
    return gap_between(a, b) < -kSlack;
}

void measure_text(const DrawnText& text, const ui::Sight& sight, const Rect& window,
                  std::vector<std::string>& faults) {
    // Less a hundredth, for glyphs are whole pixels high.
    const float capital_min = 0.99F * ui::theme::kCapitalMin * factor_of(sight.text_size);
    const auto fault = [&](const std::string& what) {
        faults.push_back(fmt::format("text \"{}\" {}", text.text, what));
    };
    if (!window.contains(text.rect, kSlack)) fault("leaves the window");
    if (!text.box.contains(text.rect, kSlack)) fault("leaves its box");
    if (text.text.ends_with("…")) fault("is cut");
    if (text.torn) fault("is half a word");
    if (text.capital_mm < std::max(capital_min, ui::theme::kCapitalMin)) {
        fault(fmt::format("has capitals of {:.1f} mm", text.capital_mm));
    }
    if (text.type == ui::Type::Digits && text.capital_mm < ui::theme::kDigitMin) {
        fault(fmt::format("has digits of {:.1f} mm", text.capital_mm));
    }
    if (text.contrast < contrast_min_of(sight.theme)) {
        fault(fmt::format("has a contrast of {:.1f}:1", text.contrast));
    }
}

void measure_target(const Target& target, const Drawn& drawn, const Rect& window,
                    std::vector<std::string>& faults) {
    const auto fault = [&](const std::string& what) {
        faults.push_back(fmt::format("target {} {}", target.id, what));
    };
    const float width = target.rect.width() / drawn.pixels_per_mm;
    const float height = target.rect.height() / drawn.pixels_per_mm;
    if (!window.contains(target.rect, kSlack)) fault("leaves the window");
    if (width < ui::theme::kTargetMin || height < ui::theme::kTargetMin) {
        fault(fmt::format("is {:.1f} x {:.1f} mm", width, height));
    }
    for (const Target& other : drawn.targets) {
        if (&other <= &target) continue;
        if (other.id == target.id) fault("is there twice");
        const float gap = gap_between(target.rect, other.rect) / drawn.pixels_per_mm;
        if (gap < ui::theme::kTargetGapMin) {
            fault(fmt::format("is {:.1f} mm from {}", gap, other.id));
        }
    }
    for (const DrawnText& text : drawn.texts) {
        const bool inside = target.rect.contains(text.rect, kSlack);
        if (!inside && overlap(target.rect, text.rect)) {
            fault(fmt::format("is crossed by \"{}\"", text.text));
        }
    }
}

}  // namespace

std::vector<std::string> faults_of(const Drawn& drawn, const Rect& window) {
    std::vector<std::string> faults;
    if (drawn.overflow_mm > 0) {
        faults.push_back(fmt::format("the page is {:.1f} mm too high", drawn.overflow_mm));
    }
    if (drawn.texts.empty()) faults.emplace_back("the page is empty");
    for (const DrawnText& text : drawn.texts) {
        measure_text(text, drawn.sight, window, faults);
        for (const DrawnText& other : drawn.texts) {
            if (&other > &text && overlap(text.rect, other.rect)) {
                faults.push_back(fmt::format("text \"{}\" overlaps \"{}\"", text.text, other.text));
            }
        }
    }
    for (const Target& target : drawn.targets) {
        measure_target(target, drawn, window, faults);
    }
    return faults;
}

}  // namespace mado::tests
