@NullMarked
package io.firn.restore.rules;

import org.jspecify.annotations.NullMarked;
