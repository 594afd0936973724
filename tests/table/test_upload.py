"""The upload: what lies there, what was made of it, and what a browser hands back after a reload."""

from base64 import b64decode

from model.table.upload import Upload

TABLE = "Đơn vị,Tiến độ,Hài lòng\nXã A,19,18\nXã B,18,\nXã C,17,16\nXã D,16,15\nXã E,15,14\nXã G,14,13\n"


def brought():
    upload = Upload()
    upload.bring(TABLE.encode(), "diem.csv")
    return upload


def test_an_empty_upload_has_added_nothing_has_nothing_to_keep_and_asks_the_browser():
    upload = Upload()
    assert (upload.added, upload.fresh, upload.refusal, upload.leagues) == ("", True, None, {})
    assert upload.to_keep() is None


def test_what_was_accepted_is_handed_to_the_browser_once_and_comes_back_the_same():
    upload = brought()
    upload.accept()
    key = upload.added
    assert key and upload.fresh is False
    kept = upload.to_keep()
    assert list(kept) == [key] and upload.to_keep() is None
    again = Upload()
    again.restore({key: b64decode(kept[key]), "so_cua_toi-x": b"nothing of use", "hanoi": b64decode(kept[key])})
    assert list(again.leagues) == [key] and again.leagues[key].key == key and again.versions[key] == 1
    assert again.leagues[key].names == upload.leagues[key].names and not again.fresh and again.to_keep() is None


def test_a_correction_that_cannot_be_read_is_refused_and_what_lay_there_stays():
    upload = brought()
    before = upload.reading().league
    upload.correct(edition="766-1999")
    assert upload.refusal is not None and upload.reading().league is before
    upload.correct(edition="766-2026")
    assert upload.refusal is None


def test_a_league_taken_away_is_forgotten_by_the_browser_too():
    upload = brought()
    upload.accept()
    upload.to_keep()
    upload.remove(upload.added)
    assert upload.leagues == {} and upload.added == "" and upload.to_keep() == {}
