"""A machine that reads a text once and says whether a rule is in it. Knows nothing of files or of streams.

Rules become one nondeterministic automaton: phrases share their beginnings, patterns are laid beside them. It is run as a deterministic
one whose states are made when they are met and forgotten when there are too many, so the time grows with the text and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import assert_never

from orchestrator.blocklist.syntax import Boundary, Choice, Letter, OneOf, Repeat, Sequence, Test, Tree, unusable

MOST_NODES = 300
"""Of one pattern: as many places of it may be looked at for each character."""
_MOST_STEPS = 200_000

_And, _Or = "وف", "بكل"


def _apart(character: str) -> bool:
    return not character.isalnum()


class Rules:
    """The nondeterministic automaton. Node 0 stands before everything."""

    def __init__(self) -> None:
        self.letters: list[dict[str, list[int]]] = []
        # Of tens of thousands of nodes few have any of these.
        self.tests: defaultdict[int, list[tuple[Test, int]]] = defaultdict(list)
        self.skips: defaultdict[int, list[int]] = defaultdict(list)
        self.edges: defaultdict[int, list[int]] = defaultdict(list)
        self.ends: set[int] = set()
        self.root = self.node()
        word = self.node()
        self.edges[self.root].append(word)
        self._phrases = self._after_particles(word)
        self._gaps: dict[int, int] = {}

    def __bool__(self) -> bool:
        """Whether there is any rule."""
        return bool(self.ends)

    def node(self) -> int:
        """Make a node and return its number."""
        self.letters.append({})
        return len(self.letters) - 1

    def add_phrase(self, words: Iterable[str]) -> None:
        """Add words in normal form. They are found as whole words with anything but letters between; Arabic particles may be joined on."""
        node = self._phrases
        for position, word in enumerate(words):
            node = self._gap(node) if position else node
            for character in word:
                node = self._shared(node, character)
        end = self.node()
        self.edges[node].append(end)
        self.ends.add(end)

    def add_pattern(self, tree: Tree) -> None:
        """Add a pattern. Raises ConfigurationError for one that is too large, or that nothing at all would match."""
        before = len(self.letters)
        end = self._laid(tree, self._skipping(self.root), before)
        if end in self.closed({self.root}, edge=True):
            raise unusable("it matches everything", "تطابق كل نص")
        self.ends.add(end)

    def closed(self, nodes: Iterable[int], *, edge: bool) -> frozenset[int]:
        """Return the nodes and all that can be reached from them without reading; at the `edge` of a word over boundaries too."""
        found: set[int] = set()
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += self.skips.get(node, ())
                waiting += self.edges.get(node, ()) if edge else ()
        return frozenset(found)

    def _shared(self, node: int, character: str) -> int:
        """Return the node behind a letter of a phrase; phrases that begin alike share it."""
        following = self.letters[node].setdefault(character, [])
        if not following:
            following.append(self.node())
        return following[0]

    def _gap(self, node: int) -> int:
        """Return where the next word of a phrase begins."""
        if node not in self._gaps:
            gap = self.node()
            self.tests[node].append((_apart, gap))
            self.tests[gap].append((_apart, gap))
            self._gaps[node] = self._after_particles(gap)
        return self._gaps[node]

    def _after_particles(self, word: int) -> int:
        """Return what is behind `word` and behind the particles that Arabic joins to words (and, in, as, to, the)."""
        conjoined, joined, article, phrases = (self.node() for _ in range(4))
        for node in (word, conjoined, joined):
            self.skips[node].append(phrases)
            self.letters[node]["ا"] = [article]
        self.letters[word].update({letter: [conjoined] for letter in _And})
        for node in (word, conjoined):
            self.letters[node].update({letter: [joined] for letter in _Or})
        self.letters[joined]["ل"] = [phrases]
        self.letters[article]["ل"] = [phrases]
        return phrases

    def _skipping(self, node: int) -> int:
        after = self.node()
        self.skips[node].append(after)
        return after

    def _laid(self, tree: Tree, node: int, before: int) -> int:
        """Lay a tree behind `node` and return the node behind it."""
        if len(self.letters) - before > MOST_NODES:
            raise unusable("it is too large", "هي أكبر مما يجوز")
        match tree:
            case Letter(character=character):
                after = self.node()
                self.letters[node].setdefault(character, []).append(after)
                return after
            case OneOf(test=test):
                after = self.node()
                self.tests[node].append((test, after))
                return after
            case Boundary():
                after = self.node()
                self.edges[node].append(after)
                return after
            case Sequence(parts=parts):
                for part in parts:
                    node = self._laid(part, node, before)
                return node
            case Choice(options=options):
                ends = [self._laid(option, self._skipping(node), before) for option in options]
                return self._joined(ends)
            case Repeat():
                return self._repeated(tree, node, before)
            case _:
                assert_never(tree)

    def _repeated(self, tree: Repeat, node: int, before: int) -> int:
        for _ in range(tree.least):
            node = self._laid(tree.part, node, before)
        if tree.most is None:
            again = self._skipping(node)
            self.skips[self._laid(tree.part, again, before)].append(again)
            return self._skipping(again)
        ends = [node]
        for _ in range(tree.most - tree.least):
            node = self._laid(tree.part, node, before)
            ends.append(node)
        return self._joined(ends)

    def _joined(self, ends: list[int]) -> int:
        after = self.node()
        for end in ends:
            self.skips[end].append(after)
        return after


class State:
    """What may have been read of which rules. `rests` says nothing of any, so that the text so far is free of them."""

    __slots__ = ("nodes", "rests", "steps", "within_word")

    def __init__(self, nodes: frozenset[int], *, within_word: bool, rests: bool) -> None:
        self.nodes = nodes
        self.within_word = within_word
        self.rests = rests
        self.steps: dict[str, State] = {}


HIT = State(frozenset(), within_word=False, rests=False)
"""The state in which a rule was found; nothing leads out of it."""


class Automaton:
    """The same as a deterministic machine, for any number of readers at once."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._resting = rules.closed({rules.root}, edge=False)
        self._states: dict[tuple[frozenset[int], bool], State] = {}
        self._learned = 0
        self.start = self._state(self._resting, within_word=False)

    def step(self, state: State, character: str) -> State:
        """Return the state after one more character in normal form."""
        return state.steps.get(character) or self._learn(state, character)

    def ended(self, state: State) -> bool:
        """Whether a rule is complete if the text ends here."""
        return state.within_word and self._found(self._rules.closed(state.nodes, edge=True))

    def _learn(self, state: State, character: str) -> State:
        nodes, letter = state.nodes, character.isalnum()
        if letter is not state.within_word:
            nodes = self._rules.closed(nodes, edge=True)
        reached = {after for node in nodes for after in self._rules.letters[node].get(character, ())}
        reached.update(after for node in nodes for test, after in self._rules.tests.get(node, ()) if test(character))
        following = self._rules.closed(reached, edge=False) | self._resting
        self._learned += 1
        if self._learned > _MOST_STEPS:
            self._forget()
        found = self._found(nodes) or self._found(following)
        after = state.steps[character] = HIT if found else self._state(following, within_word=letter)
        return after

    def _found(self, nodes: frozenset[int]) -> bool:
        return not self._rules.ends.isdisjoint(nodes)

    def _state(self, nodes: frozenset[int], *, within_word: bool) -> State:
        key = (nodes, within_word)
        if key not in self._states:
            self._states[key] = State(nodes, within_word=within_word, rests=nodes == self._resting)
        return self._states[key]

    def _forget(self) -> None:
        # Readers keep the states they are in; what led from one to another is found again when it is needed.
        states, self._states, self._learned = list(self._states.values()), {}, 0
        for state in states:
            state.steps.clear()
