"""The journal: an append-only record of every act, sealed in hash-chained blocks."""
