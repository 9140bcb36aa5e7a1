"""The score card: what the stories of faults and threats counted, told in `docs/reliability.md`.

A story says which row it is about, and what it counted:

    @pytest.mark.fault("4.10")
    def test_a_block_page_is_no_version(archive, score):
        ...
        score(trials=500, lost=0, invented=0, worst={"seconds a page": 0.02})

and one that shows that we stay out of a trap of our libraries names it: `@pytest.mark.trap("0.1")`.
A story that counts nothing is one trial for each of its variants. `make scorecard` runs every story
so marked, the heavy ones too, and writes the card from what they counted: no figure is typed."""
