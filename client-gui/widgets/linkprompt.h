// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QUrl;
class QWidget;

namespace Parlance::Client {

/// Shows where \a url really leads and opens it only when the person says so. http and https alone; does
/// nothing for any other scheme.
void promptForLink(const QUrl &url, QWidget *parent);

} // namespace Parlance::Client
