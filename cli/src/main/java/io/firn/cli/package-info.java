/// The command line: [FirnCli] is the way in, a [Session] is the world that commands see.
@NullMarked
package io.firn.cli;

import org.jspecify.annotations.NullMarked;
