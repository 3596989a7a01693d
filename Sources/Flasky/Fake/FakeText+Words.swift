extension FakeText {
    static let firstNames = [
        "Ada", "Amara", "Anouk", "Ayo", "Bela", "Bruno", "Chidi", "Clara", "Dana", "Diego", "Edda", "Elif", "Emre", "Farah",
        "Felix", "Freya", "Goran", "Hana", "Hugo", "Ida", "Ines", "Ivo", "Jana", "Jonas", "Kaito", "Kira", "Lena", "Liam",
        "Lucia", "Mads", "Maja", "Malik", "Mina", "Nadia", "Nils", "Noor", "Oskar", "Paula", "Priya", "Quinn", "Rafael",
        "Rosa", "Ruben", "Sana", "Selma", "Simon", "Tariq", "Thea", "Uma", "Viktor", "Wanda", "Yara", "Yusuf", "Zoe",
    ]
    static let lastNames = [
        "Abara", "Bakker", "Berg", "Castillo", "Dahl", "Demir", "Engel", "Fischer", "Fontaine", "Garcia", "Haas", "Holm",
        "Ibrahim", "Jansen", "Kaya", "Keller", "Kovac", "Larsen", "Lindgren", "Marin", "Mbeki", "Moreau", "Nakamura",
        "Novak", "Okafor", "Olsen", "Park", "Peters", "Quist", "Rao", "Reyes", "Rossi", "Sato", "Silva", "Tanaka", "Toth",
        "Ueda", "Varga", "Weber", "Winter", "Yilmaz", "Zimmer",
    ]
    static let cities = [
        "Aarhus", "Accra", "Athens", "Bergen", "Bilbao", "Bologna", "Cork", "Dakar", "Ghent", "Graz", "Hanoi", "Izmir",
        "Kyoto", "Leipzig", "Lima", "Lyon", "Malmö", "Nairobi", "Oslo", "Porto", "Pune", "Quito", "Riga", "Split",
        "Tallinn", "Turku", "Utrecht", "Valencia", "Vienna", "Zürich",
    ]
    static let subjects = [
        "My neighbour", "The new bakery", "Our slowest query", "A friend from the choir", "The night train", "This garden",
        "The second draft", "An old bicycle", "The library", "Every good recipe", "The river", "A quiet morning",
        "The test suite", "My grandmother", "The little cinema", "A long walk", "The index", "Somebody at work",
    ]
    static let verbs = [
        "taught me", "finally fixed", "keeps", "changed", "reminds me of", "deserves", "opened", "quietly improved",
        "surprised us with", "still needs", "brought back", "explains", "saved", "made room for",
    ]
    static let objects = [
        "half of my questions", "the best bread in town", "a better way to wait", "what I wanted to say",
        "three kinds of patience", "a proper cup of coffee", "the whole neighbourhood", "an honest estimate",
        "the view from the hill", "a map without names", "more daylight", "the missing comma", "one good photograph",
        "a smaller plan", "the song everybody hums", "plenty of tomatoes",
    ]
    static let tails = [
        "before breakfast", "in the rain", "without telling anyone", "for the first time this year", "on a Tuesday",
        "and it was worth it", "while the kettle boiled", "as far as I can tell", "after only two attempts",
        "with a pencil and some string", "although nobody asked",
    ]
    static let titles = [
        "Notes from the weekend", "What I learned", "A small experiment", "Things that worked", "Letters I did not send",
        "On keeping it simple", "The long way home", "Ten minutes a day",
    ]
    static let adjectives = ["simple", "stubborn", "lovely", "slow", "honest", "odd", "generous", "unfinished", "brave"]
    static let openings = [
        "Thank you for this.", "Same here!", "I am not so sure.", "Well said.", "This made my day.", "Good question.",
        "I tried it yesterday.", "Please write more about it.", "Interesting.",
    ]
}
