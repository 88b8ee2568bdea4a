/// The one failure shape behind exit codes, conditions and console texts.
@NullMarked
package io.firn.failure;

import org.jspecify.annotations.NullMarked;
