"""What somebody says they own, as it is read."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest

from rag.islamic.zakat.case import Treasure
from rag.islamic.zakat.reading import read_case
from rag.islamic.zakat.talk import adds_to_zakat, asks_for_zakat


@pytest.mark.parametrize(
    ("told", "cash"),
    [
        ("عندي 2 مليار ريال، كم زكاتها", 2 * 10**9),
        ("زكاة 25 ألفًا", 25_000),
        ("زكاة 3.5 مليونا", 3_500_000),
        ("عندي 3 مليارات ريال", 3 * 10**9),
        ("zakat on 2 billion dollars", 2 * 10**9),
        ("عندي خمسة وعشرون ألفًا", 25_000),
        ("زكاة مليون ومئتي ألف ريال", 1_200_000),
        ("زكاة مليار ريال", 10**9),
        ("عندي 3 آلاف و500 ريال كم زكاتها", 3_500),
        ("عندي مليون و200 ألف ريال كم زكاتها", 1_200_000),
        ("عندي 2 مليون و 300 ألف ريال كم زكاتها", 2_300_000),
    ],
)
def test_a_sum_is_read_whole_however_its_thousands_are_written(told: str, cash: int) -> None:
    read = read_case([told])
    assert read is not None
    assert read.case.cash == cash


def test_a_thousand_thanks_are_no_sum() -> None:
    assert read_case(["ألف شكر، كم زكاة المال؟"]) is None


@pytest.mark.parametrize(
    ("told", "cash"),
    [
        ("I have 5k and 200 riyals, how much zakat", 5_200),
        ("عندي نص مليون ريال كم زكاتها", 500_000),
        ("عندي مليون ونص ريال", 1_500_000),
        ("عندي 3 ملايين ونصف ريال", 3_500_000),
        ("zakat on half a million dollars", 500_000),
        ("عندي أربع تلاف جنيه", 4_000),
        ("عندي ألفين ريال وخمسمائة", 2_500),
        ("عندي مئة ألف، كم زكاتها", 100_000),
        ("كم الزكاة على 50000 ريال", 50_000),
        ("عندي 30000 ريال منذ 2023 وزكاتي 2.5%", 30_000),
    ],
)
def test_a_sum_in_parts_is_one(told: str, cash: int) -> None:
    read = read_case([told])
    assert read is not None
    assert (read.case.cash, read.unplaced, read.case.debts) == (cash, (), 0)


@pytest.mark.parametrize(
    "told",
    [
        "عندي 10 آلاف دينار و500 دولار، كم زكاتها؟ سعر جرام الذهب 20 دينار",
        "عندي خمسة آلاف دولار وثلاثة آلاف يورو",
        "zakat on £20,000 savings and $5,000",
        "عندي 50000 دولار وسعر جرام الذهب 250 ريال",
        "عندي 10000 ريال قطري و20000 ريال سعودي",
    ],
)
def test_two_currencies_are_not_added_without_a_rate(told: str) -> None:
    read = read_case([told])
    assert read is not None
    assert "rate" in read.needs
    assert len(read.currencies) == 2


@pytest.mark.parametrize(
    ("turns", "cash", "currency"),
    [
        (["عندي 10 آلاف دينار و500 دولار", "الدولار = 0.3 دينار"], 10_150, "دينار"),
        (["I have $20,000 and 10,000 riyals, 1 dollar = 3.75 riyals"], 85_000, "riyals"),
        (["عندي 1000 ريال قطري و500 ريال"], 1_500, "ريال قطري"),
        (["عندي 1000 دولار و500 usd"], 1_500, "دولار"),
    ],
)
def test_a_rate_that_is_told_makes_one_currency_of_two(turns: list[str], cash: int, currency: str) -> None:
    read = read_case(turns)
    assert read is not None
    assert (read.case.cash, read.case.currency, read.needs) == (cash, currency, ())


@pytest.mark.parametrize(
    ("told", "owned"),
    [
        ("عندي بضاعة ب 70 ألف ريال ونقد 30 ألف وعلي للموردين 20 ألف", {"cash": 30_000, "goods": 70_000, "debts": 20_000}),
        ("صاحبي مديون لي 10 آلاف ريال وعندي 30 ألف", {"cash": 30_000, "lent": 10_000}),
        ("I lent my brother 10000 dollars and I have 20000 in the bank", {"cash": 20_000, "lent": 10_000}),
        ("عندي أسهم بقيمة 200 ألف ريال للمضاربة", {"shares": 200_000}),
        ("عندي أرض للبيع قيمتها 400 ألف ريال", {"goods": 400_000}),
        ("عليّ دين 10000 ريال وعندي 60000 ريال", {"cash": 60_000, "debts": 10_000}),
        ("وفرت من راتبي 50 ألف ريال مدخرات 50 ألف ريال", {"cash": 50_000}),
        ("I have 3 rental houses and 40000 dollars in savings", {"cash": 40_000}),
        ("عندي بيت أسكنه بقيمة 500 ألف وعندي 40 ألف ريال", {"cash": 40_000}),
        ("عندي سيارتين وشقة وعندي 60 ألف ريال", {"cash": 60_000}),
        ("50k in savings, 20k in stocks for trading and a 10k loan", {"cash": 50_000, "shares": 20_000, "debts": 10_000}),
        ("عندي 40 ألف ريال منها 10 آلاف دين علي", {"cash": 40_000, "debts": 10_000}),
        ("مهر مؤجل 50 ألف عند زوجي وعندي 30 ألف ريال", {"cash": 30_000, "lent": 50_000}),
    ],
)
def test_a_sum_is_what_the_words_beside_it_say(told: str, owned: dict[str, int]) -> None:
    read = read_case([told])
    assert read is not None
    case = read.case
    found = {
        "cash": case.cash,
        "debts": case.debts,
        "goods": sum(goods.value for goods in case.goods),
        "shares": sum(share.value for share in case.shares),
        "lent": sum(owed.amount for owed in case.receivables),
    }
    assert {name: amount for name, amount in found.items() if amount} == owned


@pytest.mark.parametrize(
    ("told", "need"),
    [
        ("راتبي 15000 ريال شهريا كم زكاته", "kept"),
        ("zakat on rental income of 2000 dollars monthly", "kept"),
        ("دفعت 80 ألف وعندي 30 ألف ريال", "sum"),
        ("عندي 20 جنيه ذهب", "weight"),
        ("عندي ربع مليون دينار وذهب بقيمة 10 آلاف دينار", "weight"),
        ("عندي ذهب و 20 ألف ريال", "weight"),
        ("عندي أسهم ب 20 ألف ريال", "shares"),
        ("عندي 100 خروف للتجارة", "worth"),
        ("زوجتي عندها 95 غرام ذهب وأنا عندي 20 ألف ريال", "owner"),
        ("زكاة الفطر عن 5 وعندي 50000 ريال", "apart"),
        ("زكاة الفطر عن زوجتي وأولادي", "people"),
        ("عندي 100 شاة و 40 بقرة، البقر معلوفة والغنم ترعى و3 جمال", "grazing"),
        ("حصدت 2 طن قمح معظمه بالمطر والباقي بالمكائن", "water"),
    ],
)
def test_what_is_not_told_is_named(told: str, need: str) -> None:
    read = read_case([told])
    assert read is not None
    assert need in read.needs


@pytest.mark.parametrize(
    ("told", "pieces", "price"),
    [
        ("عندي ذهب عيار 21 وزنه 100 جرام، الجرام ب 250 ريال", [(100, 21, "saved")], 250),
        ("عندي 60 جرام عيار 18 و 50 جرام عيار 24", [(60, 18, "saved"), (50, 24, "saved")], None),
        ("I have 200g of 18k gold and 50g of 24k gold", [(200, 18, "saved"), (50, 24, "saved")], None),
        ("عندي ذهب 100 جرام ألبسها و 200 جرام سبائك", [(100, 24, "worn"), (200, 24, "saved")], None),
        ("عندي كيلو ذهب", [(1000, 24, "saved")], None),
        ("عندي نص كيلو ذهب", [(500, 24, "saved")], None),
        ("عندي 20 مثقال ذهب", [(85, 24, "saved")], None),
        ("I have 100 grams of gold, gold price $85", [(100, 24, "saved")], 85),
        ("عندي دهب ميت جرام عيار واحد وعشرين، الجرام بأربع تلاف", [(100, 21, "saved")], 4000),
        ("عندي 100 جرام ذهب وسعر جرام عيار 21 هو 210 ريال", [(100, 24, "saved")], 240),
        ("عندي 5 كيلو ذهب وسعر الكيلو 250000 ريال", [(5000, 24, "saved")], 250),
    ],
)
def test_each_piece_of_gold_has_its_own_karat_and_use(told: str, pieces: list[tuple[int, int, str]], price: int | None) -> None:
    read = read_case([told])
    assert read is not None
    assert [(piece.grams, piece.purity * 24, piece.use) for piece in read.case.gold] == pieces
    assert read.case.gold_price == price


def test_a_price_with_silver_alone_is_that_of_silver() -> None:
    read = read_case(["عندي فضة 700 جرام والجرام 3 ريال"])
    assert read is not None
    assert (read.case.silver_price, read.case.gold_price, read.case.nisab) == (3, None, "silver")


def test_the_price_of_the_other_metal_may_be_a_bare_number() -> None:
    read = read_case(["90 غراما من الذهب عيار 24 و 600 غرام فضة، سعر الذهب 250 والفضة 3"])
    assert read is not None
    assert (read.case.gold_price, read.case.silver_price, read.needs) == (250, 3, ())


@pytest.mark.parametrize(
    ("told", "herds"),
    [
        ("عندي 40 شاة و 30 ماعز سائمة", [("sheep", 70, True)]),
        ("عندي 20 بقرة و15 جاموسة ترعى", [("cattle", 35, True)]),
        ("عندي 100 شاة سائمة و 40 بقرة معلوفة", [("cattle", 40, False), ("sheep", 100, True)]),
        ("عندي 100 شاة و 40 بقرة، الغنم معلوفة والبقر ترعى", [("cattle", 40, True), ("sheep", 100, False)]),
    ],
)
def test_herds_of_a_kind_are_one_and_each_kind_feeds_as_is_said(told: str, herds: list[tuple[str, int, bool]]) -> None:
    read = read_case([told])
    assert read is not None
    assert [(herd.kind, herd.count, herd.grazing) for herd in read.case.herds] == herds
    assert read.needs == ()


def test_each_crop_has_the_water_that_is_said_behind_it() -> None:
    read = read_case(["حصدت 2 طن قمح بالمطر و 1 طن تمر بالمكائن"])
    assert read is not None
    assert [(crop.kind, crop.kg, crop.irrigation) for crop in read.case.crops] == [("wheat", 2000, "rain"), ("dates", 1000, "paid")]


@pytest.mark.parametrize(
    ("told", "people"),
    [
        ("زكاة الفطر عني وعن زوجتي وثلاثة أولاد كم؟", 5),
        ("zakat al-fitr for a family of 5 in rice", 5),
        ("زكاة الفطر لأسرة فيها 6 أفراد من الأرز وسعر الكيلو 8 ريال", 6),
        ("فطرة عني وعن 4 أشخاص", 5),
        ("زكاة الفطر عن عائلتي 5 أشخاص أنا وزوجتي و3 أولاد", 5),
        ("zakat al-fitr for me, my wife and 2 kids", 4),
        ("كم زكاة الفطر لشخص واحد", 1),
    ],
)
def test_those_for_whom_fitr_is_given_are_counted(told: str, people: int) -> None:
    read = read_case([told])
    assert read is not None
    assert read.case.fitr is not None
    assert read.case.fitr.people == people


@pytest.mark.parametrize(
    "many", ["1", "10 آلاف و ", "سعر ", "100 شاة ", "عيار 21 جرام "], ids=["digits", "sums", "prices", "herds", "karats"]
)
def test_a_hostile_text_costs_no_more_than_its_length(many: str) -> None:
    def cost(text: str) -> float:
        begun = time.process_time()
        for _ in range(3):
            asks_for_zakat(text)
            read_case([text] * 6)
        return time.process_time() - begun

    assert cost(("كم زكاة " + many * 900)[:1_000]) < 40 * cost("كم زكاة 100 جرام ذهب و5000 ريال، " * 28)


def test_digits_without_end_are_no_sum() -> None:
    assert read_case(["كم زكاة " + "1" * 400 + " ريال و5000 ريال"]) is None


@pytest.mark.parametrize(
    ("told", "need"),
    [
        ("عندي 60 ألف ريال منها 20 ألف وديعة، كم زكاتها وسعر جرام الذهب 300", "sum"),
        ("عندي 60 ألف ريال وأحتاج 20 ألف للزواج، كم زكاتها وسعر جرام الذهب 300", "sum"),
        ("عندي 50 ألف أو 60 ألف ريال كم زكاتها", "sum"),
        ("عندي من 10000 إلى 20000 ريال كم زكاتها", "sum"),
        ("عندي خمسون ألفا إلا ألف ريال كم زكاتها", "sum"),
        ("I have between 10000 and 20000 dollars. how much zakat", "sum"),
        ("I have 100.000 euros and 5000 euros. how much zakat", "sum"),
        ("بعت سيارتي ب 40 ألف ريال ومعي 10 آلاف كم الزكاة", "sum"),
        ("عندي 40 ألف ريال منها 5 آلاف إيجار البيت كم زكاتها وسعر جرام الذهب 300", "sum"),
        ("I have 30000 dollars, 5000 of which is my rent. gold is 80 per gram. how much zakat", "sum"),
        ("عندي 60 ألف ريال نصفها لأخي كم زكاتها", "owner"),
        ("عندي 30 ألف ريال لأولادي كم زكاتها", "owner"),
        ("عندي 60 ألف ريال لم أزكها منذ سنتين كم زكاتها", "years"),
        ("I have 60000 dollars and did not pay zakat for 3 years. how much zakat", "years"),
    ],
)
def test_what_a_number_adds_is_asked_where_it_may_add_nothing(told: str, need: str) -> None:
    read = read_case([told])
    assert read is not None
    assert need in read.needs


@pytest.mark.parametrize(
    ("told", "cash"),
    [
        ("I have 20,000 dollars in a savings account and 5 000 dollars in cash. how much zakat", 25_000),
        ("I have $10k in crypto and $15k in my 401k. how much zakat", 25_000),
        ("I owe 30000 dollars on my mortgage and have 40000 dollars saved. how much zakat", 40_000),
        ("عندي 20 ألف ريال في البنك و10 آلاف في البيت كم زكاتها", 30_000),
        ("عندي 50 ألف ريال إضافة إلى 20 ألف ريال في البنك كم زكاتها", 70_000),
        ("I need to know how much zakat is due on 20000 dollars", 20_000),
        ("احتاج حساب زكاة 50000 ريال", 50_000),
    ],
)
def test_all_that_is_owned_counts_wherever_it_is_kept(told: str, cash: int) -> None:
    read = read_case([told])
    assert read is not None
    assert (read.case.cash, read.needs) == (cash, ())


def test_what_is_for_sale_is_no_home_that_is_lived_in() -> None:
    read = read_case(["عندي أرض بقيمة 500 ألف ريال للبيع وعندي 50 ألف كم زكاتها"])
    assert read is not None
    assert [goods.value for goods in read.case.goods] == [500_000]
    assert not read.own_use


def test_a_rate_is_heard_behind_and() -> None:
    read = read_case(["عندي 30 ألف دولار والدولار ب 3.75 ريال وسعر جرام الذهب 300 ريال كم الزكاة"])
    assert read is not None
    assert (read.case.cash, read.needs) == (112_500, ())


def test_a_price_in_thousands_is_read_whole_and_what_all_of_it_costs_is_no_price_of_a_gram() -> None:
    priced = read_case(["عندي 20 مليون دينار وسعر جرام الذهب 120 ألف دينار كم زكاتها"])
    assert priced is not None
    assert (priced.case.gold_price, priced.case.cash) == (120_000, 20_000_000)
    whole = read_case(["عندي 200 جرام ذهب سعرها 50 ألف ريال كم زكاتها"])
    assert whole is not None
    assert (whole.case.gold_price, whole.case.cash, whole.needs) == (None, 0, ("sum",))


def test_what_somebody_has_of_mine_is_owed_to_me() -> None:
    read = read_case(["عند أخي لي 20 ألف ومعي 30 ألف كم الزكاة"])
    assert read is not None
    assert (read.case.cash, [owed.amount for owed in read.case.receivables]) == (30_000, [20_000])


@pytest.mark.parametrize(
    "turns",
    [
        ["أقرضت صديقي 5000 ولن يعيدها أبدا وعندي 100000 ريال كم الزكاة"],
        ["عندي 50 ألف ريال وسلفت أخوي 20 ألف ومستحيل يرجعها كم زكاتي"],
        ["لي عند صاحبي 7000 ريال ما أظن يرجعها ومعي 30 ألف كم الزكاة"],
        ["I lent 5000 dollars to a friend who will never pay it back. I have 20000 dollars savings. How much zakat?"],
        ["I lent a friend 5000 dollars and have 20000. how much zakat", "he is bankrupt"],
        ["سلفت صديقي 5000 وعندي 20 ألف كم الزكاة", "ميؤوس منه"],
        ["سلفت صديقي 5000 وعندي 20 ألف كم الزكاة", "ما راح يرجعها"],
    ],
)
def test_a_loan_that_will_not_come_back_is_doubtful(turns: list[str]) -> None:
    read = read_case(turns)
    assert read is not None
    assert [owed.doubtful for owed in read.case.receivables] == [True]
    assert adds_to_zakat(turns[-1]) or len(turns) == 1


def test_which_of_two_loans_is_doubtful_is_asked() -> None:
    read = read_case(["سلفت أخي 5000 وسلفت جاري 7000 ولن يرجعها وعندي 20 ألف كم الزكاة"])
    assert read is not None
    assert read.needs == ("hope",)


def test_treasure_is_no_money_that_was_saved() -> None:
    found, golden = (read_case([f"{told} كم زكاته"]) for told in ("لقيت كنز مدفون قيمته 50000", "وجدت كنزا من الذهب قيمته 50000"))
    assert found is not None
    assert golden is not None
    assert (found.case.cash, found.case.treasure) == (0, Treasure(Fraction(50_000), "other"))
    assert golden.case.treasure == Treasure(Fraction(50_000), "gold")


def test_bars_behind_a_sum_are_no_rest_of_it() -> None:
    read = read_case(["عندي 20 ألف ريال و5 سبائك ذهب وزن كل سبيكة 10 جرام كم الزكاة"])
    assert read is not None
    assert (read.case.cash, read.unplaced) == (20_000, ("5",))


def test_what_gold_is_said_to_be_is_its_price_and_no_weight() -> None:
    priced, weighed = (read_case([f"{told}. how much zakat"]) for told in ("I have 20000 dollars. Gold is $80", "my gold is 100 grams"))
    assert priced is not None
    assert weighed is not None
    assert (priced.case.gold_price, priced.case.cash) == (80, 20_000)
    assert (weighed.case.gold_price, [piece.grams for piece in weighed.case.gold]) == (None, [100])


@pytest.mark.parametrize(
    ("told", "irrigation"),
    [
        ("حصدت 1000 كيلو قمح بماء المطر وعندي 20000 ريال", "rain"),
        ("حصدت 1000 كيلو قمح بماء المطر في بيروت", "rain"),
        ("حصدت 1000 كيلو قمح بالري", "paid"),
        ("حصدت 1000 كيلو قمح نسقيه من بئرنا", "paid"),
        ("حصدت 1000 كيلو قمح بعلي", "rain"),
    ],
)
def test_money_and_places_water_no_harvest(told: str, irrigation: str) -> None:
    read = read_case([f"{told} كم الزكاة"])
    assert read is not None
    assert [crop.irrigation for crop in read.case.crops] == [irrigation]


@pytest.mark.parametrize(
    "told",
    [
        "سلفت صديقي 5000 وما رجعها لكن سيعيدها الشهر القادم",
        "لي دين 5000 على رجل مليء غير مماطل",
        "I lent my friend 5000 and I have no doubt he will repay it",
    ],
)
def test_a_loan_that_is_hoped_for_is_not_doubtful(told: str) -> None:
    read = read_case([f"{told}. zakat"])
    assert read is not None
    assert [owed.doubtful for owed in read.case.receivables] == [False]


def test_what_was_inherited_is_no_treasure_that_was_found() -> None:
    read = read_case(["ورثت كنز ذهب قيمته 50000 من جدي كم زكاته"])
    assert read is not None
    assert read.case.treasure is None
