COPY Country FROM (LOAD FROM $rows RETURN id, name, degree)
