/// One class per command. Parses, calls the engine, prints.
@NullMarked
package io.firn.cli;

import org.jspecify.annotations.NullMarked;
