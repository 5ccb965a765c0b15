#include "kiosk/screens/ticket_sheet.h"

#include "shared/ui/current.h"

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
        page.line({room.left, y}, {room.right - shorter, y}, ui::theme::kEdge, 1.4F);
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
            if ((x * 7 + y * 5 + x * y) % 3 == 0) cell(x, y, 1, ui::theme::kInk);
        }
    }
    for (const Point finder : {Point{0, 0}, Point{8, 0}, Point{0, 8}}) {
        const int x = static_cast<int>(finder.x);
        const int y = static_cast<int>(finder.y);
        cell(x, y, 3, ui::theme::kInk);
        cell(x + 1, y + 1, 1, ui::theme::kCard);
    }
}

}  // namespace

void ticket_sheet(std::string_view caption) {
    constexpr float kHeight = 84;
    constexpr float kSheetWidth = 128;
    ui::Canvas& page = ui::canvas();
    const Rect row = page.place(kHeight);
    const Rect sheet{row.left, row.top, row.left + kSheetWidth, row.bottom};
    page.fill(sheet, ui::theme::kCard, 2);
    page.outline(sheet, ui::theme::kEdge, 0.7F, 2);
    lines_of_print({sheet.left + 8, sheet.top + 6, sheet.right - 8, sheet.top + 26}, 3);

    constexpr float kStickerWidth = 34;
    for (int i = 0; i < 3; ++i) {
        const float left = sheet.left + 7 + static_cast<float>(i) * (kStickerWidth + 6);
        const Rect sticker{left, sheet.top + 32, left + kStickerWidth, sheet.bottom - 7};
        page.outline(sticker, ui::theme::kEdge, 0.7F, 1.5F);
        const Rect qr{sticker.middle().x - 9, sticker.top + 5, sticker.middle().x + 9,
                      sticker.top + 23};
        code(qr);
        lines_of_print({sticker.left + 4, qr.bottom + 4, sticker.right - 4, sticker.bottom - 3}, 2);
        if (i == 0) page.outline(qr.inset(-3.2F), ui::theme::kBad, 1.8F, 2.5F);
    }

    const Rect room{sheet.right + 10, row.top, row.right, row.bottom};
    const float height =
        page.height_of(ui::Type::Strong, caption, room.width(), ui::Lines::Balanced);
    const float top = room.middle().y - height / 2;
    page.text({room.left, top, room.right, top + height}, ui::Type::Strong, caption,
              ui::theme::kInk, ui::Align::Left, ui::Lines::Balanced);
}

}  // namespace mado::kiosk
