COPY Theme FROM (LOAD FROM $rows RETURN id, name, degree)
