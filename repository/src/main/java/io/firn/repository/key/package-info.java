/// Key files: one master key, reachable by several passwords (restic design, "Keys, Encryption and
/// MAC").
@NullMarked
package io.firn.repository.key;

import org.jspecify.annotations.NullMarked;
