#pragma once

// Types that belong together: whether one is among them, and variants made of several lists.

#include <type_traits>
#include <variant>

namespace mado {

template <class... Types>
struct TypeList {
    template <class Type>
    static constexpr bool kHas = (std::is_same_v<Type, Types> || ...);
};

template <class... Lists>
struct JoinedVariant;

template <class... Types>
struct JoinedVariant<TypeList<Types...>> {
    using Variant = std::variant<Types...>;
};

template <class... First, class... Second, class... Rest>
struct JoinedVariant<TypeList<First...>, TypeList<Second...>, Rest...>
    : JoinedVariant<TypeList<First..., Second...>, Rest...> {};

// A variant of all the types of these lists, in their order.
template <class... Lists>
using VariantOf = typename JoinedVariant<Lists...>::Variant;

}  // namespace mado
