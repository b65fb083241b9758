"""
A choice of sites as a program in whole numbers, solved by HiGHS. Heavy: for the worker.

*Source:* HiGHS: Huangfu and Hall (2018).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, hstack, vstack

from geo.siting_problem import Problem, Site, covered

Floats = NDArray[np.float64]

MOST_NODES = 2_000
"""Of the tree of HiGHS. A bound in nodes, not in seconds: the same on each machine."""

SMALL = 1e-6
"""What HiGHS takes for zero: a variable of 0 or 1 may be off by so much."""

PRIMAL = 4
"""The primal simplex of HiGHS: it may begin with nothing built, and is four times faster here."""

OPTIONS: dict[str, float | int | str | bool] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_max_nodes": MOST_NODES,
    "mip_abs_gap": SMALL,
    "mip_feasibility_tolerance": SMALL,
}


class Status(StrEnum):
    """How a search ended: at the best choice, without any that keeps the rules, or too large to end."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"


STATUSES = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnboundedOrInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kSolutionLimit: Status.STOPPED,
}


@dataclass(frozen=True)
class Found:
    """
    What HiGHS found: the value of each column, what each would cost the objective to change, the bound.

    Without a solution `columns` is empty and `bound` NaN.
    """

    status: Status
    columns: Floats
    reduced_costs: Floats
    bound: float


NOTHING = Found(Status.INFEASIBLE, np.zeros(0), np.zeros(0), float("nan"))


class Program:
    """The program: a column for each option and year (0 or 1), one for each demand and year counted."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.options = len(problem.costs)
        self.demands = len(problem.weights)
        self.opening = self.options * problem.years
        self.columns = self.opening + self.demands * len(problem.years_counted)
        self.worth = np.tile(problem.weights, len(problem.years_counted))
        prices = np.tile(problem.costs, problem.years)
        self.objective = np.concatenate(
            [np.zeros_like(prices), self.worth]
            if problem.target is None
            else [prices, np.zeros_like(self.worth)]
        )
        self.lower_columns, self.upper_columns = np.zeros(self.columns), np.ones(self.columns)
        self.blocks: list[csr_array] = []
        self.lower: list[Floats] = []
        self.upper: list[Floats] = []
        self._add_rows()
        self.rows = vstack([_wide(block, self.columns) for block in self.blocks], format="csr")

    def relaxed(self) -> Found:
        """Return the best solution in which sites may be built in part: its bound holds for every choice."""
        return self._run(self.lower_columns, self.upper_columns, [], {"simplex_strategy": PRIMAL})

    def whole(self, relaxed: Found, spare: float, *, start: Sequence[Site], largest_gap: float) -> Found:
        """
        Return the best choice, or one that is worse by `largest_gap` of it at most.

        A column whose change would cost the relaxed solution more than `spare` keeps its value: a choice with
        another is worse than one that is known.
        """
        lower, upper = self.lower_columns.copy(), self.upper_columns.copy()
        is_fixed = self._is_fixed(relaxed, spare)
        lower[is_fixed] = upper[is_fixed] = np.round(relaxed.columns[is_fixed])
        return self._run(lower, upper, start, {"mip_rel_gap": largest_gap}, is_whole=True)

    def entries_left(self, relaxed: Found, spare: float) -> int:
        """Return how many entries the columns of sites have that `whole` would not fix: what is searched."""
        is_free = ~self._is_fixed(relaxed, spare)[: self.opening]
        entries = np.diff(self.rows.tocsc().indptr)[: self.opening]
        return int(entries[is_free].sum())

    def _is_fixed(self, relaxed: Found, spare: float) -> NDArray[np.bool_]:
        opening = np.arange(self.columns) < self.opening
        return opening & (np.abs(relaxed.reduced_costs) > spare + SMALL * abs(relaxed.bound))

    def _run(
        self,
        lower: Floats,
        upper: Floats,
        start: Sequence[Site],
        options: dict[str, float | int | str | bool],
        *,
        is_whole: bool = False,
    ) -> Found:
        highs = highspy.Highs()
        for name, value in (OPTIONS | options).items():
            highs.setOptionValue(name, value)
        program = self._program(lower, upper)
        if is_whole:
            whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
            program.integrality_ = [whole] * self.opening + [part] * (self.columns - self.opening)
        highs.passModel(program)
        if start:
            highs.setSolution(self._as_solution(start))
        highs.run()
        status = STATUSES.get(highs.getModelStatus())
        if status is None:
            raise RuntimeError(f"HiGHS ended as {highs.modelStatusToString(highs.getModelStatus())}")
        about, found = highs.getInfo(), highs.getSolution()
        if status is Status.INFEASIBLE or not found.value_valid:
            return NOTHING
        bound = about.mip_dual_bound if is_whole else about.objective_function_value
        return Found(status, np.array(found.col_value), np.array(found.col_dual), bound)

    def _program(self, lower: Floats, upper: Floats) -> highspy.HighsLp:
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = self.columns, self.rows.shape[0]
        is_least_cost = self.problem.target is not None
        program.sense_ = highspy.ObjSense.kMinimize if is_least_cost else highspy.ObjSense.kMaximize
        program.col_cost_ = self.objective
        program.col_lower_, program.col_upper_ = lower, upper
        program.row_lower_, program.row_upper_ = np.concatenate(self.lower), np.concatenate(self.upper)
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = self.rows.indptr
        program.a_matrix_.index_ = self.rows.indices
        program.a_matrix_.value_ = self.rows.data
        return program

    def _add_rows(self) -> None:
        problem = self.problem
        self._cover()
        if problem.years > 1:
            self._add(hstack([coo_array(np.eye(self.options))] * problem.years), -np.inf, 1)
        for year, budget in enumerate(problem.budgets or ()):
            self._add(coo_array(np.tile(problem.costs, year + 1)[None, :]), -np.inf, budget)
        for limit in problem.limits:
            most = np.inf if limit.most is None else limit.most
            self._add(self._opened(limit.options, problem.years - 1), limit.least, most)
        for after in problem.afters:
            for year in range(problem.years):
                first, then = self._opened(after.first, year), self._opened((after.option,), year)
                self._add(first - then, 0, np.inf)
        if problem.target is not None:
            # What is covered is added up of rounded numbers: the last bit may not decide.
            reached = coo_array(np.concatenate([np.zeros(self.opening), self.worth])[None, :])
            self._add(reached, problem.target * (1 - 1e-12), np.inf)

    def _cover(self) -> None:
        """A demand counts in a year once one option of each of its needs is open by then."""
        needs, rows = self.problem.needs, self.problem.needs.shape[0]
        demands = coo_array(
            (-np.ones(rows), (np.arange(rows), self.problem.demand_of)), shape=(rows, self.demands)
        )
        for place, year in enumerate(self.problem.years_counted):
            open_by_then = [needs] * (year + 1)
            later = [coo_array((rows, self.options * (self.problem.years - year - 1)))]
            before = [coo_array((rows, self.demands * place))]
            self._add(hstack([*open_by_then, *later, *before, demands]), 0, np.inf)

    def _opened(self, options: Sequence[int], year: int) -> coo_array:
        """Return the row that adds up which of these options are open by the end of a year."""
        columns = [option + self.options * each for each in range(year + 1) for option in options]
        at = (np.zeros(len(columns), np.int64), np.array(columns, np.int64))
        return coo_array((np.ones(len(columns)), at), shape=(1, self.opening))

    def _add(self, block: coo_array, lower: float, upper: float) -> None:
        rows = block.shape[0]
        self.blocks.append(csr_array(block))
        self.lower.append(np.full(rows, float(lower)))
        self.upper.append(np.full(rows, float(upper)))

    def _as_solution(self, sites: Sequence[Site]) -> highspy.HighsSolution:
        """Return a choice as HiGHS takes it."""
        columns = np.zeros(self.columns)
        for option, year in sites:
            columns[option + self.options * year] = 1
        for place, year in enumerate(self.problem.years_counted):
            is_open = [option for option, opens in sites if opens <= year]
            at = self.opening + self.demands * place
            columns[at : at + self.demands] = covered(self.problem, is_open)
        solution = highspy.HighsSolution()
        solution.col_value = columns
        return solution

    def sites(self, columns: Floats) -> tuple[Site, ...]:
        """Return the choice that the columns of a solution tell."""
        return tuple(sorted(self._site(each) for each in np.flatnonzero(columns[: self.opening] > 0.5)))

    def suggested(self, columns: Floats) -> list[Site]:
        """Return the sites that a relaxed solution builds in part or whole, the greatest part first."""
        parts = columns[: self.opening]
        order = np.argsort(-np.round(parts, 6), kind="stable")
        return [self._site(each) for each in order if parts[each] > SMALL]

    def _site(self, column: np.intp) -> Site:
        return int(column % self.options), int(column // self.options)


def _wide(block: csr_array, columns: int) -> csr_array:
    return csr_array((block.data, block.indices, block.indptr), shape=(block.shape[0], columns))
