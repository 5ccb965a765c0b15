#include "kiosk/screens/ticket_sheet.h"

#include "shared/ui/current.h"
#include "shared/ui/widgets.h"

#include <algorithm>

namespace mado::kiosk {
namespace {

using ui::Point;
using ui::Rect;

void lines_of_print(const Rect& room, int count) {
    ui::Canvas& page = ui::canvas();
    const float step = room.height() / static_cast<float>(count);
    for (int i = 0; i < count; ++i) {
        const float y = room.top + (static_cast<float>(i) + 0.5F) * step;
        const float shorter = i + 1 == count ? room.width() * 0.35F : 0;
        page.line({room.left, y}, {room.right - shorter, y}, page.colours().edge, 1.4F);
    }
}

// Looks like a QR code from afar; it says nothing.
void code(const Rect& rect) {
    ui::Canvas& page = ui::canvas();
    constexpr int kModules = 11;
    const float module = rect.width() / kModules;
    const auto cell = [&](int x, int y, int size, ui::Colour colour) {
        const float left = rect.left + static_cast<float>(x) * module;
        const float top = rect.top + static_cast<float>(y) * module;
        const float side = static_cast<float>(size) * module;
        page.fill({left, top, left + side, top + side}, colour, 0);
    };
    for (int y = 0; y < kModules; ++y) {
        for (int x = 0; x < kModules; ++x) {
            if ((x * 7 + y * 5 + x * y) % 3 == 0) cell(x, y, 1, page.colours().ink);
        }
    }
    for (const Point finder : {Point{0, 0}, Point{8, 0}, Point{0, 8}}) {
        const int x = static_cast<int>(finder.x);
        const int y = static_cast<int>(finder.y);
        cell(x, y, 3, page.colours().ink);
        cell(x + 1, y + 1, 1, page.colours().card);
    }
}

}  // namespace

void ticket_sheet(std::string_view caption) {
    constexpr float kHeight = 84;
    constexpr float kSheetWidth = 128;
    constexpr float kBetween = 10;
    if (!ui::decorates()) return ui::centred(ui::Type::Strong, caption);
    ui::Canvas& page = ui::canvas();
    const float width = page.column().width() - kSheetWidth - kBetween;
    const float height = page.height_of(ui::Type::Strong, caption, width, ui::Lines::Balanced);
    const Rect place = page.place(std::max(kHeight, height));
    const float above = (place.height() - kHeight) / 2;
    const Rect row{place.left, place.top + above, place.right, place.bottom - above};
    const Rect sheet{row.left, row.top, row.left + kSheetWidth, row.bottom};
    page.fill(sheet, page.colours().card, 2);
    page.outline(sheet, page.colours().edge, 0.7F, 2);
    lines_of_print({sheet.left + 8, sheet.top + 6, sheet.right - 8, sheet.top + 26}, 3);

    constexpr float kStickerWidth = 34;
    for (int i = 0; i < 3; ++i) {
        const float left = sheet.left + 7 + static_cast<float>(i) * (kStickerWidth + 6);
        const Rect sticker{left, sheet.top + 32, left + kStickerWidth, sheet.bottom - 7};
        page.outline(sticker, page.colours().edge, 0.7F, 1.5F);
        const Rect qr{sticker.middle().x - 9, sticker.top + 5, sticker.middle().x + 9,
                      sticker.top + 23};
        code(qr);
        lines_of_print({sticker.left + 4, qr.bottom + 4, sticker.right - 4, sticker.bottom - 3}, 2);
        if (i == 0) page.outline(qr.inset(-3.2F), page.colours().bad, 1.8F, 2.5F);
    }

    const float top = place.middle().y - height / 2;
    page.text({row.right - width, top, row.right, top + height}, ui::Type::Strong, caption,
              page.colours().ink, ui::Align::Left, ui::Lines::Balanced);
}

}  // namespace mado::kiosk
