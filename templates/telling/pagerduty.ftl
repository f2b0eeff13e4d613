${news.word}: ${news.subject} – ${news.what}
