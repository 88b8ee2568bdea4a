/// How a captured definition becomes one that can be created: one class a rule, in one ordered list
/// ([RestoreRules]).
@NullMarked
package io.firn.restore.rules;

import org.jspecify.annotations.NullMarked;
