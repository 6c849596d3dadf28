// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/errorcode.h"
#include "base/limit.h"

#include <QString>

#include <chrono>
#include <optional>
#include <utility>
#include <variant>

namespace Parlance {

/// An expected failure: a code for programs, an untranslated detail for people and logs.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString detail; ///< one English sentence, without a full stop
    QString field = {}; ///< the parameter at fault, where there is one
    std::chrono::milliseconds retryAfter {0}; ///< 0: trying again will not help, or no time is known
    Limit limit = Limit::None; ///< the bound that was reached, where it is one
    QString reason = {}; ///< what a person gave as the reason, in their own words

    friend bool operator==(const Error &, const Error &) = default;
};

/// A value or the reason why there is none.
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_state.index() == 0; }
    /// Only where the result is true.
    const T &value() const { return std::get<0>(m_state); }
    T &value() { return std::get<0>(m_state); }
    T take() { return std::move(std::get<0>(m_state)); }
    /// Only where the result is false.
    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Success, or the reason of a failure.
template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    explicit operator bool() const { return !m_error.has_value(); }
    /// Only where the result is false.
    const Error &error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

using Status = Result<void>;

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::Error)
Q_DECLARE_METATYPE(Parlance::Status)
