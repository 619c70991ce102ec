"""Names as they are compared, and how they are shortened. Plain text: no database here."""

import re
import unicodedata

_FILLING = re.compile(r"[\W_]+")
# A given name and the short forms under which people put themselves on lists; «ё» is written «е».
_FORMS: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split())
    for line in [
        "",
        "    александр саша шура саня",
        "    александра саша шура саня",
        "    алексей леша алеша",
        "    алена лена",
        "    анастасия настя",
        "    анатолий толя",
        "    андрей андрюша",
        "    анна аня нюра",
        "    антон тоша",
        "    борис боря",
        "    вадим вадик",
        "    валентин валя",
        "    валентина валя",
        "    валерий валера",
        "    валерия лера",
        "    василий вася",
        "    вера верочка",
        "    виктор витя",
        "    виктория вика",
        "    виталий виталик",
        "    владимир вова володя",
        "    владислав влад слава",
        "    вячеслав слава",
        "    галина галя",
        "    геннадий гена",
        "    георгий гоша жора",
        "    григорий гриша",
        "    дарья даша",
        "    денис дениска",
        "    дмитрий дима митя",
        "    евгений женя",
        "    евгения женя",
        "    екатерина катя",
        "    елена лена",
        "    елизавета лиза",
        "    зинаида зина",
        "    зоя зоенька",
        "    иван ваня",
        "    игорь игорек",
        "    илья илюша",
        "    ирина ира",
        "    константин костя",
        "    ксения ксюша",
        "    лариса лара",
        "    лев лева",
        "    леонид леня",
        "    лидия лида",
        "    любовь люба",
        "    людмила люда мила",
        "    максим макс",
        "    маргарита рита",
        "    мария маша маруся",
        "    михаил миша",
        "    надежда надя",
        "    наталья наталия наташа",
        "    никита никитка",
        "    николай коля",
        "    нина ниночка",
        "    оксана ксана",
        "    олег олежка",
        "    ольга оля",
        "    павел паша",
        "    петр петя",
        "    полина поля",
        "    раиса рая",
        "    роман рома",
        "    светлана света",
        "    семен сема",
        "    сергей сережа серега",
        "    софья софия соня",
        "    станислав стас слава",
        "    степан степа",
        "    тамара тома",
        "    татьяна таня",
        "    тимофей тима",
        "    федор федя",
        "    юлия юля",
        "    юрий юра",
        "    яков яша",
        "    ярослав слава",
        "    ",
    ]
    if line.strip()
)


def normal_name(text: str) -> str:
    """Without differences that mean nothing: case, ё, hyphens, spaces, full stops."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return _FILLING.sub("", folded)


def name_key(last_name: str, first_name: str, patronymic: str) -> str:
    """The whole name as it is compared: `иванова|анна|петровна`."""
    return "|".join(map(normal_name, (last_name, first_name, patronymic)))


def alike_keys(last_name: str, first_name: str, patronymic: str) -> list[str]:
    """The keys of the same name with its other forms: Ваня's are Иван's. Without its own."""
    own = normal_name(first_name)
    forms = {form for group in _FORMS if own in group for form in group} - {own}
    return [name_key(last_name, form, patronymic) for form in sorted(forms)]


def normal_address(text: str) -> str:
    """An address as it is compared: letters and figures alone, in lower case."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return " ".join(_FILLING.sub(" ", folded).split())
