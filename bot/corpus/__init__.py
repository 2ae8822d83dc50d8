"""What we may say, and from where: the article, its glossary and its references."""
