// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/nodebus.h"

namespace Parlance {

/// The bus of a server that is alone: nobody listens and nothing arrives.
class LocalBus final : public NodeBus
{
    Q_OBJECT

public:
    explicit LocalBus(QObject *parent = nullptr);
    void publish(const Message &message) override;
};

} // namespace Parlance
