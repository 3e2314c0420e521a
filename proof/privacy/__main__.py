"""python -m proof.privacy [FOLDER]: see proving."""

from proof.privacy.proving import main

if __name__ == "__main__":
    main()
