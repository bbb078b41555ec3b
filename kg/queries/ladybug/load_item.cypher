COPY Item FROM (
    LOAD FROM $rows RETURN id, title, year, runtime, rating, oscars, popularity, amounts
)
