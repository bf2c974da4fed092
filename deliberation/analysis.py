def analyse(votes, settings=None):
    raise NotImplementedError


class Settings:
    pass
