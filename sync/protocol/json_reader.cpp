#include "sync/protocol/json_reader.h"

#include "shared/base/text.h"

#include <algorithm>
#include <limits>
#include <optional>

#include <boost/json/basic_parser_impl.hpp>

namespace mado::sync {

namespace {

namespace json = boost::json;

// A member's name goes into an error only where it looks like one of ours: whoever writes the
// wrong message could have put a ticket there.
bool looks_like_ours(std::string_view name) {
    return name.size() <= 32 &&
           std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

// Takes what Boost's parser meets and builds values on a stack, as its own DOM does; that one keeps
// the last of two members with one name, and one end would act on what the other never saw.
class Builder {
  public:
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = 1024;
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    explicit Builder(std::size_t values_max) : values_max_(values_max) {}

    const std::string& complaint() const { return complaint_; }
    std::vector<JsonValue>& values() { return values_; }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) { return true; }
    bool on_array_begin(json::error_code&) { return true; }

    bool on_array_end(std::size_t count, json::error_code& error) {
        JsonValue::Array array = take(values_, count);
        return push(std::move(array), error);
    }

    bool on_object_end(std::size_t count, json::error_code& error) {
        std::vector<std::string> names = take(names_, count);
        JsonValue::Array held = take(values_, count);
        JsonValue::Object object;
        object.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            object.push_back({std::move(names[i]), std::move(held[i])});
        }
        if (const auto* twice = repeated(object)) {
            return refuse(looks_like_ours(*twice) ? *twice + ": stands twice"
                                                  : "a member stands twice in an object",
                          error);
        }
        return push(std::move(object), error);
    }

    bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return keep(part); }
    bool on_key(json::string_view part, std::size_t, json::error_code&) {
        keep(part);
        names_.push_back(std::move(text_));
        text_.clear();
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        return keep(part);
    }
    bool on_string(json::string_view part, std::size_t, json::error_code& error) {
        keep(part);
        std::string whole = std::move(text_);
        text_.clear();
        return push(std::move(whole), error);
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code& error) {
        return push(number, error);
    }
    bool on_uint64(std::uint64_t number, json::string_view, json::error_code& error) {
        if (number > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
            return push(JsonValue::OtherNumber{}, error);
        }
        return push(static_cast<std::int64_t>(number), error);
    }
    bool on_double(double, json::string_view, json::error_code& error) {
        return push(JsonValue::OtherNumber{}, error);
    }
    bool on_bool(bool value, json::error_code& error) { return push(value, error); }
    bool on_null(json::error_code& error) { return push(JsonValue::Null{}, error); }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

  private:
    template <class T>
    static std::vector<T> take(std::vector<T>& stack, std::size_t count) {
        const auto first = stack.end() - static_cast<std::ptrdiff_t>(count);
        std::vector<T> taken(std::make_move_iterator(first), std::make_move_iterator(stack.end()));
        stack.erase(first, stack.end());
        return taken;
    }

    static const std::string* repeated(const JsonValue::Object& object) {
        std::vector<const std::string*> names;
        names.reserve(object.size());
        for (const auto& member : object)
            names.push_back(&member.name);
        const auto less = [](const auto* a, const auto* b) { return *a < *b; };
        std::sort(names.begin(), names.end(), less);
        const auto equal = [](const auto* a, const auto* b) { return *a == *b; };
        const auto twice = std::adjacent_find(names.begin(), names.end(), equal);
        return twice == names.end() ? nullptr : *twice;
    }

    bool keep(json::string_view part) {
        text_.append(part.data(), part.size());
        return true;
    }

    bool push(JsonValue::Held held, json::error_code& error) {
        if (++values_count_ > values_max_) return refuse("too many values", error);
        values_.emplace_back(std::move(held));
        return true;
    }

    bool refuse(std::string why, json::error_code& error) {
        complaint_ = std::move(why);
        error = json::error::syntax;
        return false;
    }

    std::size_t values_max_;
    std::size_t values_count_ = 0;
    std::vector<JsonValue> values_;
    std::vector<std::string> names_;
    std::string text_;
    std::string complaint_;
};

json::parse_options strict_options() {
    json::parse_options options;
    options.max_depth = kJsonDepthMax;
    options.allow_comments = false;
    options.allow_trailing_commas = false;
    options.allow_invalid_utf8 = false;
    return options;
}

}  // namespace

Result<JsonValue, WireError> parse_json(std::string_view text, JsonLimits limits) {
    if (text.size() > limits.bytes_max) return fail(WireError{"message: too long"});
    // Boost leaves a text with nothing in it unfinished; said here in our words.
    if (text.empty()) return fail(WireError{"message: empty"});

    json::basic_parser<Builder> parser(strict_options(), limits.values_max);
    json::error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    Builder& builder = parser.handler();
    if (error) {
        if (!builder.complaint().empty()) return fail(WireError{builder.complaint()});
        if (error == json::error::too_deep) return fail(WireError{"message: too deep"});
        return fail(WireError{"message: not JSON"});
    }
    if (read < text.size()) return fail(WireError{"message: something follows the JSON"});
    if (builder.values().size() != 1) return fail(WireError{"message: not JSON"});
    return std::move(builder.values().front());
}

std::string JsonPlace::text() const {
    if (outer_ == nullptr) return {};
    std::string path = outer_->text();
    if (name_.empty()) return path + '[' + std::to_string(index_) + ']';
    if (!path.empty()) path += '.';
    path += name_;
    return path;
}

WireError JsonPlace::wrong(std::string_view why) const {
    std::string what = text();
    if (what.empty()) what = "message";
    what += ": ";
    what += why;
    return {std::move(what)};
}

Result<JsonObject, WireError> JsonObject::of(const JsonValue& value, const JsonPlace& place) {
    const auto* members = value.as<JsonValue::Object>();
    if (members == nullptr) return fail(place.wrong("not an object"));
    return JsonObject(*members, place);
}

const JsonValue* JsonObject::find(std::string_view name) const {
    const auto found = std::ranges::find(*members_, name, &JsonValue::Member::name);
    return found == members_->end() ? nullptr : &found->value;
}

bool JsonObject::has(std::string_view name) const {
    const JsonValue* value = find(name);
    return value != nullptr && value->as<JsonValue::Null>() == nullptr;
}

WireError JsonObject::wrong(std::string_view name, std::string_view why) const {
    return JsonPlace(*place_, name).wrong(why);
}

Result<const JsonValue*, WireError> JsonObject::member(std::string_view name) const {
    const JsonValue* value = find(name);
    if (value == nullptr) return fail(wrong(name, "missing"));
    return value;
}

Result<std::int64_t, WireError> JsonObject::integer(std::string_view name, std::int64_t least,
                                                    std::int64_t most) const {
    const auto* value = MADO_TRY(member(name));
    const auto* number = value->as<std::int64_t>();
    if (number == nullptr) return fail(wrong(name, "not an integer"));
    if (*number < least || *number > most) return fail(wrong(name, "out of range"));
    return *number;
}

Result<bool, WireError> JsonObject::boolean(std::string_view name) const {
    const auto* value = MADO_TRY(member(name));
    const auto* truth = value->as<bool>();
    if (truth == nullptr) return fail(wrong(name, "neither true nor false"));
    return *truth;
}

Result<std::string, WireError> JsonObject::text(std::string_view name,
                                                std::size_t bytes_max) const {
    const auto* value = MADO_TRY(member(name));
    const auto* held = value->as<std::string>();
    if (held == nullptr) return fail(wrong(name, "not a text"));
    if (held->size() > bytes_max) return fail(wrong(name, "too long"));
    return *held;
}

Result<std::string, WireError> JsonObject::line(std::string_view name, std::size_t bytes_max,
                                                LineRule rule) const {
    std::string held = MADO_TRY(text(name, bytes_max));
    if (held.empty() && rule == LineRule::NotEmpty) return fail(wrong(name, "empty"));
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    };
    if (std::ranges::any_of(held, is_control)) return fail(wrong(name, "control characters"));
    return held;
}

Result<std::string, WireError> JsonObject::word(std::string_view name,
                                                std::size_t bytes_max) const {
    std::string held = MADO_TRY(line(name, bytes_max));
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    };
    if (!std::ranges::all_of(held, fits)) return fail(wrong(name, "not a word"));
    return held;
}

Result<std::string, WireError> JsonObject::bytes(std::string_view name, std::size_t count) const {
    const std::string held = MADO_TRY(text(name, (count * 4 + 2) / 3));
    const auto raw = from_base64url(held);
    if (!raw || raw->size() != count) return fail(wrong(name, "not the right number of bytes"));
    return std::string(raw->begin(), raw->end());
}

Result<const JsonValue::Array*, WireError> JsonObject::array_of(std::string_view name,
                                                                std::size_t count_max) const {
    const auto* value = MADO_TRY(member(name));
    const auto* array = value->as<JsonValue::Array>();
    if (array == nullptr) return fail(wrong(name, "not a list"));
    if (array->size() > count_max) return fail(wrong(name, "too many"));
    return array;
}

Result<std::vector<std::string>, WireError> JsonObject::texts(std::string_view name,
                                                              std::size_t count_max,
                                                              std::size_t bytes_max) const {
    const auto* array = MADO_TRY(array_of(name, count_max));
    const JsonPlace place(*place_, name);
    std::vector<std::string> found;
    found.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        const auto* held = (*array)[i].as<std::string>();
        if (held == nullptr) return fail(JsonPlace(place, i).wrong("not a text"));
        if (held->size() > bytes_max) return fail(JsonPlace(place, i).wrong("too long"));
        found.push_back(*held);
    }
    return found;
}

}  // namespace mado::sync
