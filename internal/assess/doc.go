// Package assess proposes: how severe an incident is, what the questions behind that
// weigh, and whether something is an incident at all. It is pure; the commander disposes.
//
// Judge turns answers into a score, an impact from 1 to 5, a cell of the kit's matrix and
// a severity, with the words for each step, and says which single answer would change it.
// Weigh makes weights of people's pairwise comparisons by the analytic hierarchy process
// (T. L. Saaty, The Analytic Hierarchy Process, 1980): the geometric mean over the people,
// the principal eigenvector, and the consistency ratio with Saaty's random indexes of
// 1980. Comparisons with a ratio of Limit or more contradict each other too much to be
// used, and the pair that contradicts most is named.
//
// Words: a criterion is a question of the kit, its answer 0 to 4 or Unknown; an unknown
// answer counts what the kit says, which is the worse side.
package assess
